import { ACTIVITY_FIELD, runActivity, type Activity } from '@millrace/messaging';
import type { ModuleRef } from '@nestjs/core';
import { SpanKind, type Tracer } from '@opentelemetry/api';
import { Logger as WorkerLogger, type JobHelpers, type TaskList } from 'graphile-worker';
import type { Logger } from 'pino';
import type { DatabaseOutage } from './database-outage.js';
import type { Database } from './database.js';
import { JobMetrics } from './job-metrics.js';
import { JobWorker } from './job-worker.js';
import type { MetricsRegistry } from './metrics.js';
import type { JobHandler } from './capability.js';
import type { ServiceDefinition } from './service-definition.js';

/** Jobs run at the same time in one process; they wait for providers most of the time. */
const CONCURRENT_JOBS = 16;

/** What jobs run on. */
export interface JobsRuntime {
  readonly database: Database;
  readonly modules: ModuleRef;
  readonly logger: Logger;
  readonly metrics: MetricsRegistry;
  readonly tracer: Tracer | undefined;
  /** For the connection that shows that this worker lives. */
  readonly databaseUrl: string;
}

/** A worker that runs. */
export interface RunningJobs {
  /** Lets the jobs under way end. */
  stop(): Promise<void>;
}

function workerLogger(logger: Logger, outage: DatabaseOutage): WorkerLogger {
  return new WorkerLogger(() => (level, message, meta) => {
    // What becomes of a job is told below, with the application that it was for.
    if (meta?.['failure'] === true) return;
    if (outage.away) logger.debug(message);
    else if (level === 'error') logger.error(message);
    else if (level === 'warning') logger.warn(message);
    else logger.debug(message);
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The activity a job was added in; of one that a timer added, at least the application that its payload names. */
function activityOf(carried: unknown, payload: Record<string, unknown>): Activity {
  const { traceparent, applicationId, loanId } = (carried ?? {}) as Record<string, unknown>;
  return { traceparent: text(traceparent), applicationId: text(applicationId) ?? text(payload['applicationId']), loanId: text(loanId) };
}

/** Runs one job in the activity that it was added in. */
async function runJob(
  task: string,
  handler: JobHandler,
  stored: unknown,
  { job }: JobHelpers,
  watch: { tracer: Tracer | undefined; metrics: JobMetrics; logger: Logger },
): Promise<void> {
  const { [ACTIVITY_FIELD]: carried, ...payload } = stored as Record<string, unknown>;
  const began = performance.now();
  let outcome = 'done';
  const activity = { ...activityOf(carried, payload), name: `job ${task}`, kind: SpanKind.CONSUMER, attributes: { 'millrace.job_attempt': job.attempts } };
  await runActivity(watch.tracer, activity, async () => {
    try {
      await handler.run(payload, { id: job.id, attempt: job.attempts, maxAttempts: job.max_attempts });
    } catch (error) {
      outcome = 'failed';
      const last = job.attempts >= job.max_attempts;
      watch.logger.warn({ err: error, task, jobId: job.id, attempt: job.attempts }, last ? 'a job has used up its tries' : 'a job failed and will run again');
      throw error;
    } finally {
      const seconds = (performance.now() - began) / 1_000;
      watch.metrics.seconds.observe({ task, outcome }, seconds);
      watch.logger.debug({ task, jobId: job.id, outcome, seconds }, 'job ended');
    }
  });
}

/** Starts the service's graphile-worker on its own schema; undefined for a service without jobs. */
export async function startJobs(definition: ServiceDefinition, runtime: JobsRuntime): Promise<RunningJobs | undefined> {
  const { database, modules, logger, metrics, tracer, databaseUrl } = runtime;
  const names = Object.keys(definition.jobs);
  if (names.length === 0) return undefined;
  const watch = { tracer, logger, metrics: new JobMetrics(metrics, database, names) };
  const taskList: TaskList = Object.fromEntries(
    Object.entries(definition.jobs).map(([name, handlerClass]) => {
      const handler = modules.get(handlerClass, { strict: false });
      return [name, (payload, helpers) => runJob(name, handler, payload, helpers, watch)];
    }),
  );
  return JobWorker.start({
    pool: database.pool,
    databaseUrl,
    schema: definition.schema,
    tasks: taskList,
    // A job needs a connection now and then only, but graphile-worker warns of every start where there is not one for each.
    concurrency: Math.min(CONCURRENT_JOBS, database.pool.options.max),
    logger: workerLogger(logger, database.outage),
    onError: (error) => logger.warn({ err: error }, 'job worker'),
  });
}
