import type { ModuleRef } from '@nestjs/core';
import { Logger as WorkerLogger, run, type Runner, type TaskList } from 'graphile-worker';
import type { Logger } from 'pino';
import type { Database } from './database.js';
import type { ServiceDefinition } from './service-definition.js';

/** Jobs run at the same time in one process; they wait for providers most of the time. */
const CONCURRENT_JOBS = 16;

function workerLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === 'error') logger.error(message);
    else if (level === 'warning') logger.warn(message);
    else logger.debug(message);
  });
}

/** Starts the service's graphile-worker on its own schema; undefined for a service without jobs. */
export async function startJobs(definition: ServiceDefinition, database: Database, modules: ModuleRef, logger: Logger): Promise<Runner | undefined> {
  const names = Object.keys(definition.jobs);
  if (names.length === 0) return undefined;
  const taskList: TaskList = Object.fromEntries(
    Object.entries(definition.jobs).map(([name, handlerClass]) => {
      const handler = modules.get(handlerClass, { strict: false });
      return [
        name,
        (payload, helpers) =>
          handler.run(payload as Record<string, unknown>, { id: helpers.job.id, attempt: helpers.job.attempts, maxAttempts: helpers.job.max_attempts }),
      ];
    }),
  );
  return run({
    pgPool: database.pool,
    schema: definition.schema,
    taskList,
    concurrency: CONCURRENT_JOBS,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: workerLogger(logger),
    parsedCronItems: [],
    preset: { worker: { completeJobBatchDelay: 5, failJobBatchDelay: 5, localQueue: { size: CONCURRENT_JOBS * 4 } } },
  });
}
