import { Consumer, isUnavailable, Relay, SetAsideError } from '@millrace/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApplyDecidedTasks, DECIDED_TASKS_INTERVAL_MS } from './apply-decided-tasks.js';
import { buildService, type ServiceRuntime } from './build-service.js';
import { checkTaskKinds } from './check-task-kinds.js';
import { ConfigError, operationsPortOf, type BaseConfig } from './config.js';
import { startJobs, type RunningJobs } from './jobs.js';
import { OperationsServer } from './operations-server.js';
import type { Database } from './database.js';
import type { ServiceDefinition } from './service-definition.js';
import { TickerLoop } from './tickers.js';
import { checkService, watchService, watchTrouble } from './watch-service.js';

/** A service that runs. */
export interface RunningService {
  readonly name: string;
  /** Base URL of its HTTP port. */
  readonly url: string;
  /** Base URL of health and metrics. */
  readonly operationsUrl: string;
  readonly app: NestFastifyApplication;
  /**
   * Ends requests, events, jobs and tickers under way, publishes what they wrote, then closes; loses nothing.
   * @param drainMs time for callers to learn that it is leaving; none where they end with it
   */
  stop(drainMs?: number): Promise<void>;
}

/** The port is taken, or may not be listened on; one line for the person who started the process. */
export class ListenError extends Error {}

function listenError(error: unknown, definition: ServiceDefinition, { host }: BaseConfig, port: number, what: 'PORT' | 'OPERATIONS_PORT'): unknown {
  const { code } = error as { code?: string };
  if (code === undefined) return error;
  const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be listened on (${code})`;
  return new ListenError(`${definition.name}: port ${port} on ${host} ${why}; set MILLRACE_${definition.schema.toUpperCase()}_${what} to another one`);
}

/** The operations port first: where it is taken, nobody has been let in yet. */
async function listen(
  app: NestFastifyApplication,
  operations: OperationsServer,
  definition: ServiceDefinition,
  config: BaseConfig,
): Promise<{ url: string; operationsUrl: string }> {
  // What the modules do at their start comes before any port, and its trouble is not a port's.
  await app.init();
  const operationsPort = operationsPortOf(config);
  const operationsUrl = await operations.listen(operationsPort, config.host).catch((error: unknown) => {
    throw listenError(error, definition, config, operationsPort, 'OPERATIONS_PORT');
  });
  await app.listen(config.port, config.host).catch((error: unknown) => {
    throw listenError(error, definition, config, config.port, 'PORT');
  });
  return { url: await app.getUrl(), operationsUrl };
}

/** Throws one error with a line for each row that the service cannot work with. */
async function checkRows<C extends BaseConfig>(definition: ServiceDefinition<C>, database: Database, { config, clock }: ServiceRuntime<C>): Promise<void> {
  const lines = (await definition.checkRows?.(database, config, clock.now())) ?? [];
  if (lines.length > 0) throw new ConfigError([`${definition.name} was not started:`, ...lines].join(lines.length === 1 ? ' ' : '\n  '));
}

/** Starts one service: database, HTTP, consumer, relay, jobs and tickers, in an order that loses nothing. */
export async function startService<C extends BaseConfig>(definition: ServiceDefinition<C>, runtime: ServiceRuntime<C>): Promise<RunningService> {
  const { config, log } = runtime;
  const built = await buildService(definition, runtime);
  const { logger, database, runner, metrics, readiness, telemetry, app, modules, resolve } = built;
  const onError = (error: Error): void => {
    const cause = error.cause ?? error;
    const known = built.space.noticed(cause) || (database.outage.away && isUnavailable(cause));
    if (error instanceof SetAsideError) logger.error({ err: error }, 'an event is set aside until a person acts');
    else logger[known ? 'debug' : 'warn']({ err: error }, 'messaging trouble; it will be tried again');
  };
  const consumer = new Consumer({ name: definition.name, log, runner, subscriptions: definition.consumes, resolve, onError, telemetry });
  const relay = definition.produces.length > 0 ? new Relay({ pool: database.pool, log, onError, telemetry }) : undefined;
  let jobs: RunningJobs | undefined;
  let tickers: TickerLoop | undefined;
  const operations = new OperationsServer({ readiness, metrics, logger });
  const stop = async (drainMs = 0): Promise<void> => {
    readiness.stopping();
    // The port before the modules: what closes with them is needed for the last answers.
    await built.draining.drain(drainMs);
    await app.close();
    await Promise.all([consumer.stop(), tickers?.stop(), jobs?.stop()]);
    await relay?.stop();
    await operations.close();
    await built.release();
  };
  try {
    checkTaskKinds(definition);
    await checkRows(definition, database, runtime);
    const { url, operationsUrl } = await listen(app, operations, definition as unknown as ServiceDefinition, config);
    const parts = { definition: definition as unknown as ServiceDefinition, database, log, consumer, relay };
    watchService(metrics, parts);
    checkService(readiness, parts);
    watchTrouble(metrics, readiness);
    relay?.start();
    jobs = await startJobs(definition, { database, modules, logger, metrics, tracer: telemetry.tracer, databaseUrl: config.databaseUrl });
    const decided = new ApplyDecidedTasks(definition, { modules, runner, clock: runtime.clock, logger });
    tickers = new TickerLoop(definition, modules, logger, database.outage, [{ intervalMs: DECIDED_TASKS_INTERVAL_MS, ticker: decided }]);
    await consumer.start();
    readiness.started();
    return { name: definition.name, url, operationsUrl, app, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
