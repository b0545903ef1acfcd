import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PARTITIONS_PER_TOPIC, TOPICS } from '@millrace/contracts';
import {
  defaultDataDirectory,
  loadConfig,
  openEventLog,
  prepareDatabases,
  STANDALONE_DATABASE,
  startEmbeddedPostgres,
  startLocalKafka,
  startLocalRedis,
  type Environment,
} from '@millrace/service';
import { clientsSetting } from '../ready-made-clients.js';
import { loadSecrets, type Secrets } from '../secrets.js';
import { ALL_SERVICES, StopList, variable } from '../standalone.js';
import { StandaloneConfig } from '../standalone-config.js';
import { planProcesses } from './plan-processes.js';
import { ServiceProcess } from './service-process.js';

/** What a caller may choose. */
export interface DistributedOptions {
  readonly environment: Environment;
  /** Processes of each service. */
  readonly instances: number;
  /** Told of each step, and of every line that a service prints. */
  readonly say: (label: string, line: string) => void;
}

/** The whole topology as local processes. */
export interface RunningDistributed {
  readonly processes: readonly ServiceProcess[];
  readonly gatewayUrl: string;
  readonly sandboxUrl: string;
  readonly secrets: Secrets;
  readonly dataDirectory: string;
  /** File with the settings of this installation, for `lendctl`. */
  readonly environmentFile: string;
  /** Stops in the order that loses nothing. */
  stop(): Promise<void>;
}

interface Servers {
  readonly adminUrl: string;
  readonly kafkaBrokers: string;
  readonly redisUrl: string;
}

/** PostgreSQL, Kafka and Redis: those that the environment names, and local ones for the rest. */
async function startServers({ environment, say }: DistributedOptions, dataDirectory: string, stops: StopList): Promise<Servers> {
  const { databaseUrl, databasePort } = loadConfig(StandaloneConfig, environment);
  const local = async <S extends { stop(): Promise<void> }>(name: string, start: () => Promise<S>): Promise<S> => {
    say(name, 'starting');
    const server = await start();
    stops.add(() => server.stop());
    return server;
  };
  const postgres = async (): Promise<string> =>
    databaseUrl ??
    (await local('postgres', () => startEmbeddedPostgres({ dataDirectory, durable: true, ...(databasePort ? { port: databasePort } : {}) }))).adminUrl;
  const kafka = async (): Promise<string> =>
    environment['MILLRACE_KAFKA_BROKERS'] ?? (await local('kafka', () => startLocalKafka({ dataDirectory: join(dataDirectory, 'kafka') }))).address;
  const redis = async (): Promise<string> =>
    environment['MILLRACE_REDIS_URL'] ?? `redis://${(await local('redis', () => startLocalRedis({ dataDirectory: join(dataDirectory, 'redis') }))).address}`;
  // All have come to an end before one that failed ends the start, so that those that run are stopped.
  const [adminUrl, kafkaBrokers, redisUrl] = await Promise.allSettled([postgres(), kafka(), redis()]);
  for (const result of [adminUrl, kafkaBrokers, redisUrl]) if (result.status === 'rejected') throw result.reason;
  const value = (result: PromiseSettledResult<string>): string => (result as PromiseFulfilledResult<string>).value;
  return { adminUrl: value(adminUrl), kafkaBrokers: value(kafkaBrokers), redisUrl: value(redisUrl) };
}

/** What the jobs `migrate` and `topics` of the containers do; answers the settings of all services. */
async function prepare({ adminUrl, kafkaBrokers, redisUrl }: Servers, secrets: Secrets, environment: Environment): Promise<Record<string, string>> {
  const rolePassword = Object.fromEntries(ALL_SERVICES.map(({ schema }) => [schema, secrets.rolePassword]));
  const urls = await prepareDatabases({ adminUrl, database: STANDALONE_DATABASE, rolePassword, definitions: ALL_SERVICES });
  const log = await openEventLog({ kafkaBrokers }, { clientId: 'topics', onError: () => undefined, replicationFactor: 1 });
  await log.createTopics(Object.values(TOPICS).map((name) => ({ name, partitions: PARTITIONS_PER_TOPIC }))).finally(() => log.close());
  return {
    MILLRACE_INTERNAL_TOKEN: secrets.internalToken,
    MILLRACE_FIELD_KEYS: secrets.fieldKeys,
    MILLRACE_GATEWAY_SIGNING_KEY: secrets.signingKey.trim().replaceAll('\n', '\\n'),
    MILLRACE_GATEWAY_CLIENTS: environment['MILLRACE_GATEWAY_CLIENTS'] ?? clientsSetting(secrets.clientSecrets),
    MILLRACE_KAFKA_BROKERS: kafkaBrokers,
    MILLRACE_REDIS_URL: redisUrl,
    ...Object.fromEntries(ALL_SERVICES.map((definition) => [variable(definition, 'DATABASE_URL'), urls.of(definition.schema)])),
  };
}

function writeEnvironment(dataDirectory: string, settings: Readonly<Record<string, string>>): string {
  const file = join(dataDirectory, 'environment.env');
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(''),
    { mode: 0o600 },
  );
  return file;
}

/** Starts PostgreSQL, Kafka, Redis and one process (or more) for every service; on any trouble stops what it has started and throws one clear error. */
export async function startDistributed(options: DistributedOptions): Promise<RunningDistributed> {
  const { environment, instances, say } = options;
  const dataDirectory = loadConfig(StandaloneConfig, environment).dataDirectory ?? defaultDataDirectory('distributed');
  const secrets = loadSecrets(dataDirectory);
  const stops = new StopList();
  try {
    const servers = await startServers(options, dataDirectory, stops);
    say('jobs', 'migrations and topics');
    const shared = await prepare(servers, secrets, environment);
    const environmentFile = writeEnvironment(dataDirectory, shared);
    const planned = planProcesses({ definitions: ALL_SERVICES, instances, environment, shared });
    const processes = planned.map((process) => new ServiceProcess(process, say));
    stops.add(async () => void (await Promise.all(processes.map((process) => process.stop()))));
    await Promise.all(processes.map((process) => process.start()));
    const urlOf = (service: string): string => planned.find((process) => process.service === service)!.url;
    const [gatewayUrl, sandboxUrl] = [urlOf('gateway'), urlOf('provider-sandbox')];
    return { processes, gatewayUrl, sandboxUrl, secrets, dataDirectory, environmentFile, stop: () => stops.run() };
  } catch (error) {
    await stops.run();
    throw error;
  }
}
