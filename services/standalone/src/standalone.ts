import { join } from 'node:path';
import { systemClock, TOPICS_TO_MAKE, type Clock } from '@millrace/contracts';
import { PostgresEventLog, type EventLog } from '@millrace/messaging';
import {
  BaseConfig,
  checkDirectoryAnswers,
  checkFreeSpace,
  checkStart,
  ConfigError,
  createLogger,
  type DatabaseUrls,
  defaultDataDirectory,
  type Environment,
  freePort,
  loadConfig,
  loadService,
  NoEventLog,
  operationsPortOf,
  prepareDatabases,
  rolePasswordOf,
  type RunningService,
  type ServiceDefinition,
  type ServiceName,
  serviceVariable,
  STANDALONE_DATABASE,
  START_ORDER,
  startEmbeddedPostgres,
  type StartingService,
  startService,
  usesEventLog,
} from '@millrace/service';
import { RestartableServer } from './distributed/restartable-server.js';
import { clientsSetting, STATEMENT_SETTINGS } from './ready-made-clients.js';
import { loadSecrets, type Secrets } from './secrets.js';
import { StandaloneConfig } from './standalone-config.js';

/** Of each service; one more listens. */
const LOG_CONNECTIONS = 4;
const LOG_POLL_MS = 1_000;

/** Setting of the place for uploaded files. */
export const EVIDENCE_STORE = 'MILLRACE_KYC_EVIDENCE_STORE';
/** Where uploaded files are kept, if the environment does not say. */
export const evidenceStoreIn = (dataDirectory: string): string => join(dataDirectory, 'evidence');

/** Every service of the registry, in the order of their start. */
export const ALL_SERVICES: readonly ServiceDefinition[] = await Promise.all(START_ORDER.map(loadService));

/** Config classes of the whole process, for `--help` and the check for unknown variables. */
export const ALL_CONFIGS: readonly (new () => object)[] = [StandaloneConfig, BaseConfig, ...ALL_SERVICES.map((definition) => definition.config)];

/** What a caller may choose. */
export interface StandaloneOptions {
  readonly environment: Environment;
  /** Moved by scenarios and the demo; the machine's clock otherwise. */
  readonly clock?: Clock;
  /** Where the data is kept if the environment does not say. */
  readonly dataDirectory?: string;
  /** Listen on free ports, whatever the settings say: for tests and the demo. */
  readonly freePorts?: boolean;
  /** False only where the data is thrown away: the embedded server skips fsync. */
  readonly durable?: boolean;
  /** Told where the embedded PostgreSQL has ended and cannot be started again; a line in the log where it is not given. */
  readonly onServerLost?: (line: string) => void;
  /** Where log lines go, for tests; standard output otherwise. */
  readonly logTo?: { write(line: string): void };
}

/** All services in one process. */
export interface RunningStandalone {
  readonly services: Readonly<Record<string, RunningService>>;
  readonly gatewayUrl: string;
  readonly sandboxUrl: string;
  readonly urls: DatabaseUrls;
  readonly secrets: Secrets;
  readonly dataDirectory: string;
  /** PostgreSQL that was started here, for `psql`; undefined where another one was named. */
  readonly databasePort?: number;
  /** Stops in the order that loses nothing. */
  stop(): Promise<void>;
}

/** What stops, in the opposite order of how it was started. */
export class StopList {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step();
  }
}

/** A password of its own for every role; `more` names schemas beside those of the services. */
export function rolePasswords(secrets: Secrets, ...more: string[]): Record<string, string> {
  const schemas = [...ALL_SERVICES.map(({ schema }) => schema), ...more];
  return Object.fromEntries(schemas.map((schema) => [schema, rolePasswordOf(secrets.rolePassword, schema)]));
}

/** With the operators' role, which no service has (SEC-11). */
async function makeTopics(url: string): Promise<void> {
  const log = await PostgresEventLog.open({ connectionString: url, onError: () => undefined });
  try {
    await log.createTopics(TOPICS_TO_MAKE);
  } finally {
    await log.close();
  }
}

/** The log with the service's own role, which may append to the service's own topic alone. */
async function openLog(definition: ServiceDefinition, urls: DatabaseUrls, logger: ReturnType<typeof createLogger>): Promise<EventLog> {
  if (!usesEventLog(definition)) return new NoEventLog();
  const onError = (error: Error): void => logger.warn({ err: error }, 'event log trouble; it will be tried again');
  return PostgresEventLog.open({ connectionString: urls.of(definition.schema), maxConnections: LOG_CONNECTIONS, pollIntervalMs: LOG_POLL_MS, onError });
}

/** Starts every service in turn, each told the addresses of those before it. */
async function startAll(
  options: StandaloneOptions,
  started: { secrets: Secrets; urls: DatabaseUrls; stops: StopList; dataDirectory: string },
): Promise<Record<string, RunningService>> {
  const { secrets, urls, stops, dataDirectory } = started;
  const environment: Record<string, string | undefined> = {
    MILLRACE_INTERNAL_TOKEN: secrets.internalToken,
    MILLRACE_FIELD_KEYS: secrets.fieldKeys,
    MILLRACE_GATEWAY_SIGNING_KEY: secrets.signingKey,
    MILLRACE_GATEWAY_CLIENTS: clientsSetting(secrets.clientSecrets),
    ...STATEMENT_SETTINGS,
    [EVIDENCE_STORE]: evidenceStoreIn(dataDirectory),
  };
  const services: Record<string, RunningService> = {};
  for (const definition of ALL_SERVICES) {
    const config = loadConfig(definition.config, {
      [serviceVariable(definition.name, 'DATABASE_URL')]: urls.of(definition.schema),
      ...environment,
      ...options.environment,
    });
    if (options.freePorts) Object.assign(config, { port: 0, operationsPort: 0 });
    const logger = createLogger(definition.name, config.logLevel, options.logTo);
    const log = await openLog(definition, urls, logger);
    stops.add(() => log.close());
    const running = await startService(definition, {
      config,
      clock: options.clock ?? systemClock,
      log,
      logger,
      processMetrics: definition.name === 'gateway',
    });
    stops.add(() => running.stop());
    services[definition.name] = running;
    environment[serviceVariable(definition.name, 'URL')] = running.url;
    if (definition.name === 'provider-sandbox') environment['MILLRACE_PROVIDERS_URL'] = running.url;
  }
  return services;
}

/** Every service is asked before anything is started, so that nothing listens where one of them could not work. */
async function checkSettings({ environment, clock = systemClock }: StandaloneOptions): Promise<StandaloneConfig> {
  const settings = loadConfig(StandaloneConfig, environment);
  const withoutSecrets = {
    MILLRACE_INTERNAL_TOKEN: 'x'.repeat(32),
    MILLRACE_GATEWAY_SIGNING_KEY: 'x',
    ...Object.fromEntries(ALL_SERVICES.map((definition) => [serviceVariable(definition.name, 'DATABASE_URL'), 'postgres://x'])),
  };
  const ports = new Map<number, string>();
  const starting: StartingService[] = [];
  for (const definition of ALL_SERVICES) {
    const config = loadConfig(definition.config, { ...withoutSecrets, ...environment });
    starting.push([definition, config]);
    for (const [port, what] of [
      [config.port, 'PORT'],
      [operationsPortOf(config), 'OPERATIONS_PORT'],
    ] as const) {
      const other = ports.get(port);
      if (port !== 0 && other) throw new ConfigError(`${serviceVariable(definition.name, what)} and ${other} are both ${port}; give each a port of its own`);
      ports.set(port, serviceVariable(definition.name, what));
    }
  }
  await checkStart(starting, clock.now());
  return settings;
}

function logLevelOf({ environment }: StandaloneOptions, { internalToken }: Secrets): string {
  return loadConfig(BaseConfig, { MILLRACE_INTERNAL_TOKEN: internalToken, ...environment }).logLevel;
}

/** Boots PostgreSQL, the log, the sandbox and every service; on any trouble stops what it has started and throws one clear error. */
export async function startStandalone(options: StandaloneOptions): Promise<RunningStandalone> {
  const settings = await checkSettings(options);
  const dataDirectory = settings.dataDirectory ?? options.dataDirectory ?? defaultDataDirectory('standalone');
  await checkDirectoryAnswers(dataDirectory);
  if (settings.databaseUrl === undefined) checkFreeSpace(dataDirectory, settings.minFreeSpaceMb);
  const secrets = loadSecrets(dataDirectory);
  const stops = new StopList();
  try {
    let adminUrl = settings.databaseUrl;
    let databasePort: number | undefined;
    if (!adminUrl) {
      const port = settings.databasePort ?? (await freePort());
      const logger = createLogger('postgres', logLevelOf(options, secrets), options.logTo);
      const news = { say: (line: string) => logger.warn(line), onLost: options.onServerLost ?? ((line: string) => logger.error(line)) };
      const server = new RestartableServer('postgres', () => startEmbeddedPostgres({ dataDirectory, durable: options.durable ?? true, port }), news);
      const postgres = await server.start();
      stops.add(() => server.stop());
      databasePort = port;
      adminUrl = postgres.adminUrl;
    }
    const urls = await prepareDatabases({
      adminUrl,
      database: STANDALONE_DATABASE,
      rolePassword: rolePasswords(secrets, 'event_log'),
      definitions: ALL_SERVICES,
    });
    await makeTopics(urls.eventLog);
    const services = await startAll(options, { secrets, urls, stops, dataDirectory });
    const urlOf = (service: ServiceName): string => services[service]!.url;
    return {
      services,
      gatewayUrl: urlOf('gateway'),
      sandboxUrl: urlOf('provider-sandbox'),
      urls,
      secrets,
      dataDirectory,
      ...(databasePort ? { databasePort } : {}),
      stop: () => stops.run(),
    };
  } catch (error) {
    await stops.run();
    throw error;
  }
}
