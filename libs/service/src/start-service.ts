import { Consumer, isUnavailable, Relay, SetAsideError } from '@millrace/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApplyHeldItems, HELD_ITEMS_INTERVAL_MS } from './apply-held-items.js';
import { buildService, type ServiceRuntime } from './build-service.js';
import type { BaseConfig } from './config.js';
import { startJobs, type RunningJobs } from './jobs.js';
import type { ServiceDefinition } from './service-definition.js';
import { TickerLoop } from './tickers.js';
import { checkService, watchService, watchTrouble } from './watch-service.js';

/** A service that runs. */
export interface RunningService {
  readonly name: string;
  /** Base URL of its HTTP port. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Ends requests, events, jobs and tickers under way, publishes what they wrote, then closes; loses nothing. */
  stop(): Promise<void>;
}

/** The port is taken, or may not be listened on; one line for the person who started the process. */
export class ListenError extends Error {}

async function listen(app: NestFastifyApplication, definition: ServiceDefinition, config: BaseConfig): Promise<string> {
  try {
    await app.listen(config.port, config.host);
    return await app.getUrl();
  } catch (error) {
    const { code } = error as { code?: string };
    // Listening also runs what the modules do at their start, whose trouble is not the port's.
    if (code === undefined) throw error;
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be listened on (${code})`;
    throw new ListenError(
      `${definition.name}: port ${config.port} on ${config.host} ${why}; set MILLRACE_${definition.schema.toUpperCase()}_PORT to another one`,
    );
  }
}

/** Starts one service: database, HTTP, consumer, relay, jobs and tickers, in an order that loses nothing. */
export async function startService<C extends BaseConfig>(definition: ServiceDefinition<C>, runtime: ServiceRuntime<C>): Promise<RunningService> {
  const { config, log } = runtime;
  const built = await buildService(definition, runtime);
  const { logger, database, runner, metrics, readiness, telemetry, app, modules, resolve } = built;
  const onError = (error: Error): void => {
    const known = database.outage.away && isUnavailable(error.cause ?? error);
    if (error instanceof SetAsideError) logger.error({ err: error }, 'an event is set aside until a person acts');
    else logger[known ? 'debug' : 'warn']({ err: error }, 'messaging trouble; it will be tried again');
  };
  const consumer = new Consumer({ name: definition.name, log, runner, subscriptions: definition.consumes, resolve, onError, telemetry });
  const relay = definition.produces.length > 0 ? new Relay({ pool: database.pool, log, onError, telemetry }) : undefined;
  let jobs: RunningJobs | undefined;
  let tickers: TickerLoop | undefined;
  const stop = async (): Promise<void> => {
    readiness.stopping();
    await app.close();
    await Promise.all([consumer.stop(), tickers?.stop(), jobs?.stop()]);
    await relay?.stop();
    await built.release();
  };
  try {
    const url = await listen(app, definition, config);
    const parts = { definition: definition as unknown as ServiceDefinition, database, log, consumer, relay };
    watchService(metrics, parts);
    checkService(readiness, parts);
    watchTrouble(metrics, readiness);
    relay?.start();
    jobs = await startJobs(definition, { database, modules, logger, metrics, tracer: telemetry.tracer, databaseUrl: config.databaseUrl });
    const heldItems = new ApplyHeldItems(definition, { modules, runner, clock: runtime.clock, logger });
    tickers = new TickerLoop(definition, modules, logger, database.outage, [{ intervalMs: HELD_ITEMS_INTERVAL_MS, ticker: heldItems }]);
    await consumer.start();
    readiness.started();
    return { name: definition.name, url, app, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
