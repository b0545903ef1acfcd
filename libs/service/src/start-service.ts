import 'reflect-metadata';
import type { Clock } from '@millrace/contracts';
import { Consumer, Relay, TransactionRunner, type EventLog } from '@millrace/messaging';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { ModuleRef, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Runner } from 'graphile-worker';
import type { Logger } from 'pino';
import { ConfigError, type BaseConfig } from './config.js';
import { Database } from './database.js';
import { FieldCipher } from './field-cipher.js';
import { InternalAuthGuard } from './internal-auth.guard.js';
import { startJobs } from './jobs.js';
import { createLogger } from './logger.js';
import { MetricsRegistry } from './metrics.js';
import { ProblemFilter } from './problem.filter.js';
import type { ServiceDefinition } from './service-definition.js';
import { ServiceCoreModule } from './service-core.module.js';
import { TickerLoop } from './tickers.js';
import { validationPipe } from './validation.pipe.js';

const BODY_LIMIT_BYTES = 1_048_576;

/** What a service gets from the process that it runs in. */
export interface ServiceRuntime<C extends BaseConfig = BaseConfig> {
  readonly config: C;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly logger?: Logger;
}

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

/** Modules may ask for TypeORM repositories, and may lift the gateway-only guard (`public`). */
export interface ServiceModule extends Type {
  readonly entities?: readonly (new () => object)[];
  /** True where the service authenticates its callers itself (gateway), or plays the outside world (sandbox). */
  readonly authenticatesItself?: boolean;
  /** Adds to the application what no module can, before it listens, e.g. the page that shows its OpenAPI document. */
  configure?(app: NestFastifyApplication): void;
}

async function createApp(
  definition: ServiceDefinition,
  core: DynamicModule,
  config: BaseConfig,
  logger: Logger,
  metrics: MetricsRegistry,
): Promise<NestFastifyApplication> {
  class RootModule {}
  Module({ imports: [core, definition.module] })(RootModule);
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: 'idle', routerOptions: { maxParamLength: 200 } });
  const app = await NestFactory.create<NestFastifyApplication>(RootModule, adapter, { logger: false, abortOnError: false });
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useGlobalPipes(validationPipe());
  if (!(definition.module as ServiceModule).authenticatesItself) app.useGlobalGuards(new InternalAuthGuard(config.internalToken));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      metrics.httpSeconds.observe({ method: request.method, route, status: `${Math.floor(reply.statusCode / 100)}xx` }, reply.elapsedTime / 1_000);
      done();
    });
  (definition.module as ServiceModule).configure?.(app);
  return app;
}

async function listen(app: NestFastifyApplication, definition: ServiceDefinition, config: BaseConfig): Promise<string> {
  try {
    await app.listen(config.port, config.host);
    return await app.getUrl();
  } catch (error) {
    const { code } = error as { code?: string };
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be listened on (${code ?? (error as Error).message})`;
    throw new ListenError(
      `${definition.name}: port ${config.port} on ${config.host} ${why}; set MILLRACE_${definition.schema.toUpperCase()}_PORT to another one`,
    );
  }
}

/** Starts one service: database, HTTP, consumer, relay, jobs and tickers, in an order that loses nothing. */
export async function startService<C extends BaseConfig>(definition: ServiceDefinition<C>, runtime: ServiceRuntime<C>): Promise<RunningService> {
  const { config, clock, log } = runtime;
  const logger = runtime.logger ?? createLogger(definition.name, config.logLevel);
  const onError = (error: Error): void => logger.warn({ err: error }, 'messaging trouble; it will be tried again');
  if (definition.personalData && !config.fieldKeys)
    throw new ConfigError(`MILLRACE_FIELD_KEYS is not set: ${definition.name} keeps personal data and encrypts it`);
  const { entities = [] } = definition.module as ServiceModule;
  const database = await Database.open({ url: config.databaseUrl, schema: definition.schema, poolSize: config.databasePoolSize, logger, entities });
  const runner = new TransactionRunner({ pool: database.pool, source: definition.name, clock, jobsSchema: definition.schema });
  const metrics = new MetricsRegistry(definition.name);
  const cipher = config.fieldKeys ? new FieldCipher(config.fieldKeys) : undefined;
  const core = ServiceCoreModule.with({ config, database, runner, metrics, clock, logger, eventLog: log, cipher });
  const app = await createApp(definition, core, config, logger, metrics).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const modules = app.get(ModuleRef);
  const consumer = new Consumer({
    name: definition.name,
    log,
    runner,
    subscriptions: definition.consumes,
    resolve: (handler) => modules.get(handler, { strict: false }),
    onError,
  });
  const relay = definition.produces.length > 0 ? new Relay({ pool: database.pool, log, onError }) : undefined;
  let jobs: Runner | undefined;
  let tickers: TickerLoop | undefined;
  const stop = async (): Promise<void> => {
    await app.close();
    await Promise.all([consumer.stop(), tickers?.stop(), jobs?.stop()]);
    await relay?.stop();
    await database.close();
  };
  try {
    const url = await listen(app, definition, config);
    if (relay) metrics.gauge('millrace_outbox_oldest_age_ms', 'Age of the oldest event that is not in the log yet.', () => relay.oldestUnsentAgeMs());
    await relay?.start();
    jobs = await startJobs(definition, database, modules, logger);
    tickers = new TickerLoop(definition, modules, logger);
    await consumer.start();
    return { name: definition.name, url, app, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
