import 'reflect-metadata';
import { describeEvent, versionedType, type Clock, type EventClass } from '@millrace/contracts';
import { TransactionRunner, type EventLog, type ResolveHandler } from '@millrace/messaging';
import { Module, type Type } from '@nestjs/common';
import { ModuleRef, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { checkFieldKeys } from './check-field-keys.js';
import { ConfigError, type BaseConfig } from './config.js';
import { connectionLimits, limitConnections } from './connection-limits.js';
import { Database } from './database.js';
import { Draining } from './draining.js';
import { FieldCipher } from './field-cipher.js';
import { InternalAuthGuard } from './internal-auth.guard.js';
import { usesEventLog } from './log-rights.js';
import { createLogger } from './logger.js';
import { migrationFolders } from './migration-folders.js';
import { MetricsRegistry } from './metrics.js';
import { refuseNewerSchema } from './newer-schema.js';
import { ProblemFilter } from './problem.filter.js';
import { OfferedMethods } from './offered-methods.js';
import { ProviderClients } from './provider-clients.js';
import { BODY_LIMIT_BYTES, readJsonBodies } from './read-json-body.js';
import { Readiness } from './readiness.js';
import { RequestPipe } from './request.pipe.js';
import type { ServiceDefinition } from './service-definition.js';
import { ServiceCoreModule, type ServiceCore } from './service-core.module.js';
import { ServiceTelemetry } from './service-telemetry.js';
import { SpaceProbe } from './space-probe.js';
import { openTracing } from './tracing.js';
import { watchRequests } from './watch-requests.js';

/** What a service gets from the process that it runs in. */
export interface ServiceRuntime<C extends BaseConfig = BaseConfig> {
  readonly config: C;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly logger?: Logger;
  /** True in one service of a process: its metrics tell of the process too. */
  readonly processMetrics?: boolean;
  /** True for an operator's command, whose statements may take as long as they take. */
  readonly unlimitedStatements?: boolean;
}

/** A service with everything that handles, and nothing that moves by itself: it listens nowhere, consumes nothing, sends nothing and runs no job. */
export interface BuiltService {
  readonly logger: Logger;
  readonly database: Database;
  readonly runner: TransactionRunner;
  readonly metrics: MetricsRegistry;
  readonly readiness: Readiness;
  readonly space: SpaceProbe;
  readonly telemetry: ServiceTelemetry;
  readonly app: NestFastifyApplication;
  readonly draining: Draining;
  readonly modules: ModuleRef;
  readonly resolve: ResolveHandler;
  /** Gives back what is left when the application is closed: connections, and spans that wait to be sent. */
  release(): Promise<void>;
  /** Closes the application and releases. */
  close(): Promise<void>;
}

/** Nest's module with all that the capabilities of a service bring. */
function moduleOf({ controllers, providers }: ServiceDefinition): Type {
  class CapabilitiesModule {}
  Module({ controllers: [...controllers], providers: [...providers] })(CapabilitiesModule);
  return CapabilitiesModule;
}

async function createApp(
  definition: ServiceDefinition,
  core: ServiceCore,
  config: BaseConfig,
  logger: Logger,
  watch: { metrics: MetricsRegistry; tracer: Tracer | undefined; space: SpaceProbe },
): Promise<NestFastifyApplication> {
  class RootModule {}
  Module({ imports: [ServiceCoreModule.with(core), moduleOf(definition)] })(RootModule);
  const proxies = definition.trustedProxies?.(config) ?? [];
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    // What comes while the server closes is still answered: 503 would cut off a caller that does not send again.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    trustProxy: proxies.length > 0 ? proxies : false,
    ...connectionLimits(config),
  });
  const app = await NestFactory.create<NestFastifyApplication>(RootModule, adapter, { logger: false, abortOnError: false });
  app.useGlobalFilters(new ProblemFilter(logger, core.database.outage, watch.space));
  readJsonBodies(app);
  app.useGlobalPipes(new RequestPipe());
  if (!definition.authenticatesItself) app.useGlobalGuards(new InternalAuthGuard(config.internalToken));
  watchRequests(app, { ...watch, logger });
  const offered = new OfferedMethods(app);
  limitConnections(app, config);
  definition.configure?.(app);
  // Last, so that what the module counts is counted before.
  offered.refuseOthers();
  return app;
}

/** What is stored must be of this version, and under these keys. */
async function checkStored({ name, schema, migrations, sealedRecords }: ServiceDefinition, database: Database, cipher: FieldCipher | undefined): Promise<void> {
  const { rows } = await database.query<{ name: string }>('select name from schema_migration');
  refuseNewerSchema(
    schema,
    rows.map((row) => row.name),
    migrationFolders(migrations),
  );
  if (cipher && sealedRecords.length > 0) await checkFieldKeys(database, name, sealedRecords, cipher);
}

function typesOf({ consumes, produces }: ServiceDefinition): { handled: string[]; published: string[] } {
  const typeOf = (eventClass: EventClass): string => versionedType(describeEvent(eventClass));
  return { handled: consumes.map(({ eventClass }) => typeOf(eventClass)), published: produces.map(typeOf) };
}

/** Opens the database and builds the module: what `startService` starts, and all that a replay needs to give an event to its handler. */
export async function buildService<C extends BaseConfig>(definition: ServiceDefinition<C>, runtime: ServiceRuntime<C>): Promise<BuiltService> {
  const { config, clock, log } = runtime;
  const logger = runtime.logger ?? createLogger(definition.name, config.logLevel);
  const { entities, sealedRecords, authenticatesItself = false } = definition;
  if (sealedRecords.length > 0 && !config.fieldKeys)
    throw new ConfigError(`MILLRACE_FIELD_KEYS is not set: ${definition.name} keeps personal data and encrypts it`);
  if (!config.internalToken && (usesEventLog(definition) || !authenticatesItself))
    throw new ConfigError('MILLRACE_INTERNAL_TOKEN is not set: the gateway shows it to the services behind it, and they take nothing without it');
  const { unlimitedStatements: unlimited = false } = runtime;
  const database = await Database.open({ url: config.databaseUrl, schema: definition.schema, poolSize: config.databasePoolSize, logger, entities, unlimited });
  const cipher = config.fieldKeys ? new FieldCipher(config.fieldKeys) : undefined;
  await checkStored(definition as unknown as ServiceDefinition, database, cipher).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const tracing = await openTracing(definition.name, config.otlpEndpoint);
  const { tracer } = tracing;
  const { installationUrl } = config;
  const runner = new TransactionRunner({ pool: database.pool, source: definition.name, installationUrl, clock, jobsSchema: definition.schema, tracer });
  const metrics = new MetricsRegistry(definition.name);
  if (runtime.processMetrics) metrics.collectProcess();
  const telemetry = new ServiceTelemetry(metrics, logger, tracer, typesOf(definition));
  const readiness = new Readiness(logger);
  readiness.need('database', async () => void (await database.query('select 1')));
  const space = new SpaceProbe((sql) => database.pool.query(sql), config.spaceProbeMb);
  readiness.need('space', () => space.check());
  const providerClients = new ProviderClients(metrics, tracer);
  const core: ServiceCore = { config, database, runner, metrics, readiness, providerClients, clock, logger, eventLog: log, cipher };
  const app = await createApp(definition as unknown as ServiceDefinition, core, config, logger, { metrics, tracer, space }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const draining = new Draining(app);
  const modules = app.get(ModuleRef);
  const release = async (): Promise<void> => {
    await database.close();
    await tracing.close();
  };
  const close = async (): Promise<void> => {
    await app.close();
    await release();
  };
  return {
    logger,
    database,
    runner,
    metrics,
    readiness,
    space,
    telemetry,
    app,
    draining,
    modules,
    resolve: (handler) => modules.get(handler, { strict: false }),
    release,
    close,
  };
}
