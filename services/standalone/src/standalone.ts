import { PARTITIONS_PER_TOPIC, systemClock, TOPICS, type Clock } from '@millrace/contracts';
import { disbursement } from '@millrace/disbursement';
import { gateway } from '@millrace/gateway';
import { kycAntifraud } from '@millrace/kyc-antifraud';
import { loanApplication } from '@millrace/loan-application';
import { PostgresEventLog } from '@millrace/messaging';
import { postLoanMonitoring } from '@millrace/post-loan-monitoring';
import { providerSandbox } from '@millrace/provider-sandbox';
import { scoring } from '@millrace/scoring';
import {
  BaseConfig,
  closeHttpClients,
  createLogger,
  loadConfig,
  prepareDatabases,
  startEmbeddedPostgres,
  startService,
  type DatabaseUrls,
  type EmbeddedPostgres,
  type Environment,
  type RunningService,
  type ServiceDefinition,
} from '@millrace/service';
import { loadSecrets, type Secrets } from './secrets.js';
import { StandaloneConfig } from './standalone-config.js';

/** Database that holds all schemas of one installation. */
const DATABASE = 'millrace';

/** Services behind the gateway, which learns their addresses once they listen. */
const INNER: readonly ServiceDefinition[] = [loanApplication, kycAntifraud, scoring, disbursement, postLoanMonitoring] as unknown as ServiceDefinition[];
const SANDBOX = providerSandbox as unknown as ServiceDefinition;
const GATEWAY = gateway as unknown as ServiceDefinition;

/** Every service of the standalone runtime. */
export const ALL_SERVICES: readonly ServiceDefinition[] = [SANDBOX, ...INNER, GATEWAY];

/** Config classes of the whole process, for `--help` and the check for unknown variables. */
export const ALL_CONFIGS: readonly (new () => object)[] = [StandaloneConfig, BaseConfig, ...ALL_SERVICES.map((definition) => definition.config)];

/** What a caller may choose. */
export interface StandaloneOptions {
  readonly environment: Environment;
  /** Moved by scenarios; the machine's clock otherwise. */
  readonly clock?: Clock;
  /** Listen on free ports, whatever the settings say: for tests and the demo. */
  readonly freePorts?: boolean;
  /** False only in tests: the embedded server skips fsync. */
  readonly durable?: boolean;
}

/** All services in one process. */
export interface RunningStandalone {
  readonly services: Readonly<Record<string, RunningService>>;
  readonly gatewayUrl: string;
  readonly sandboxUrl: string;
  readonly urls: DatabaseUrls;
  readonly secrets: Secrets;
  readonly log: PostgresEventLog;
  /** Stops in the order that loses nothing. */
  stop(): Promise<void>;
}

const variable = (definition: ServiceDefinition, what: string): string => `MILLRACE_${definition.schema.toUpperCase()}_${what}`;

/** Boots PostgreSQL, the log, the sandbox and every service; on any trouble stops what it has started and throws one clear error. */
export async function startStandalone(options: StandaloneOptions): Promise<RunningStandalone> {
  const settings = loadConfig(StandaloneConfig, options.environment);
  const secrets = loadSecrets(settings.dataDirectory);
  const clock = options.clock ?? systemClock;
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    const postgres: EmbeddedPostgres | undefined = settings.databaseUrl
      ? undefined
      : await startEmbeddedPostgres({
          dataDirectory: settings.dataDirectory,
          durable: options.durable ?? true,
          ...(settings.databasePort ? { port: settings.databasePort } : {}),
        });
    if (postgres) stops.push(() => postgres.stop());
    const urls = await prepareDatabases({
      adminUrl: settings.databaseUrl ?? postgres!.adminUrl,
      database: DATABASE,
      rolePassword: secrets.rolePassword,
      definitions: ALL_SERVICES,
    });
    const { logLevel } = loadConfig(BaseConfig, { ...options.environment, MILLRACE_INTERNAL_TOKEN: secrets.internalToken });
    const logLogger = createLogger('event-log', logLevel);
    const log = await PostgresEventLog.open({
      connectionString: urls.eventLog,
      maxConnections: 12,
      pollIntervalMs: 1_000,
      onError: (error) => logLogger.warn({ err: error }, 'event log trouble'),
    });
    stops.push(() => log.close());
    await log.createTopics(Object.values(TOPICS).map((name) => ({ name, partitions: PARTITIONS_PER_TOPIC })));
    const environment: Record<string, string | undefined> = { MILLRACE_INTERNAL_TOKEN: secrets.internalToken, MILLRACE_FIELD_KEYS: secrets.fieldKeys };
    const services: Record<string, RunningService> = {};
    const start = async (definition: ServiceDefinition): Promise<RunningService> => {
      const config = loadConfig(definition.config, {
        [variable(definition, 'DATABASE_URL')]: urls.of(definition.schema),
        ...environment,
        ...options.environment,
      });
      if (options.freePorts) config.port = 0;
      const running = await startService(definition, { config, clock, log });
      stops.push(() => running.stop());
      services[definition.name] = running;
      environment[variable(definition, 'URL')] = running.url;
      return running;
    };
    const sandbox = await start(SANDBOX);
    environment['MILLRACE_PROVIDERS_URL'] = sandbox.url;
    for (const definition of INNER) await start(definition);
    const front = await start(GATEWAY);
    return { services, gatewayUrl: front.url, sandboxUrl: sandbox.url, urls, secrets, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ends what the whole process shares; call it once, at its very end. */
export async function endProcess(): Promise<void> {
  await closeHttpClients();
}
