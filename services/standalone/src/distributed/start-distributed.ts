import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOPICS_TO_MAKE } from '@millrace/contracts';
import { applyKafkaRights } from '@millrace/messaging';
import {
  BROKER_LOGIN,
  checkDirectoryAnswers,
  checkFreeSpace,
  ConfigError,
  defaultDataDirectory,
  type EmbeddedPostgres,
  type Environment,
  EventLogConfig,
  freePort,
  kafkaConnection,
  kafkaRightsOfAll,
  loadConfig,
  type LocalServer,
  loginSettings,
  openEventLog,
  OPERATOR_LOGIN,
  prepareDatabases,
  serviceVariable,
  STANDALONE_DATABASE,
  startEmbeddedPostgres,
  startLocalKafka,
  startLocalRedis,
  usesEventLog,
} from '@millrace/service';
import { clientsSetting, STATEMENT_SETTINGS } from '../ready-made-clients.js';
import { loadSecrets, randomSecret, type Secrets } from '../secrets.js';
import { ALL_SERVICES, EVIDENCE_STORE, evidenceStoreIn, rolePasswords, StopList } from '../standalone.js';
import { StandaloneConfig } from '../standalone-config.js';
import { Balancer } from './balancer.js';
import { missingServer, namingBrokers } from './given-servers.js';
import { planProcesses } from './plan-processes.js';
import { RestartableServer, type StoppableServer } from './restartable-server.js';
import { ServiceProcess, type Program } from './service-process.js';

/** What a caller may choose. */
export interface DistributedOptions {
  readonly environment: Environment;
  /** Processes of each service. */
  readonly instances: number;
  /** Ports of the servers that are started here; free ones where they are not given. */
  readonly serverPorts?: { readonly postgres: number; readonly kafka: number; readonly redis: number };
  /** Runs a service in place of its own `main`. */
  readonly program?: Program;
  /** Told of each step, and of every line that a service prints. */
  readonly say: (label: string, line: string) => void;
}

/** The whole topology as local processes. */
export interface RunningDistributed {
  readonly processes: readonly ServiceProcess[];
  /** Those of PostgreSQL, Kafka and Redis that were started here. */
  readonly servers: readonly RestartableServer[];
  readonly gatewayUrl: string;
  /** Address that goes to all gateways in turn; the only one's own where there is one. */
  readonly balancedGatewayUrl: string;
  /** PostgreSQL that was started here, for `psql`; undefined where another one was named. */
  readonly databasePort?: number;
  readonly sandboxUrl: string;
  readonly secrets: Secrets;
  readonly dataDirectory: string;
  /** File with the settings of this installation, for `lendctl`. */
  readonly environmentFile: string;
  /** Stops in the order that loses nothing. */
  stop(): Promise<void>;
}

/** Pool, repositories, relay, worker and its lease. */
const CONNECTIONS_PER_PROCESS = 16;
/** For administrators and `lendctl`. */
const SPARE_CONNECTIONS = 50;

interface Servers {
  readonly local: readonly RestartableServer[];
  readonly adminUrl: string;
  readonly kafkaBrokers: string;
  /** Settings of a login at the brokers that were started here; empty for others, whose login the environment names. */
  readonly kafkaLogin: (login: string) => Readonly<Record<string, string>>;
  readonly redisUrl: string;
}

/** A broker of ours asks for logins, which live as long as it does: its settings are written anew at each start. */
const kafkaPasswords = (): Readonly<Record<string, string>> => {
  const services = ALL_SERVICES.filter(usesEventLog).map(({ name }) => name);
  return Object.fromEntries([BROKER_LOGIN, OPERATOR_LOGIN, ...services].map((login) => [login, randomSecret()]));
};

/** PostgreSQL, Kafka and Redis: those that the environment names, and local ones for the rest. */
async function startServers({ environment, instances, serverPorts, say }: DistributedOptions, dataDirectory: string, stops: StopList): Promise<Servers> {
  const { databaseUrl, databasePort } = loadConfig(StandaloneConfig, environment);
  const missing = missingServer(environment);
  if (missing) throw new ConfigError(missing);
  const local: RestartableServer[] = [];
  const start = async <S extends StoppableServer>(name: string, given: number | undefined, open: (port: number) => Promise<S>): Promise<S> => {
    const port = given ?? (await freePort());
    const server = new RestartableServer(name, () => open(port), { say: (line) => say(name, line), onLost: (line) => say(name, line) });
    say(name, 'starting');
    const running = await server.start();
    local.push(server);
    stops.add(() => server.stop());
    return running;
  };
  const maxConnections = CONNECTIONS_PER_PROCESS * instances * ALL_SERVICES.length + SPARE_CONNECTIONS;
  const openPostgres = (port: number): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDirectory, durable: true, port, maxConnections });
  const postgres = async (): Promise<string> => databaseUrl ?? (await start('postgres', databasePort ?? serverPorts?.postgres, openPostgres)).adminUrl;
  const passwords = kafkaPasswords();
  const openKafka = async (port: number): Promise<LocalServer> =>
    startLocalKafka({ dataDirectory: join(dataDirectory, 'kafka'), port, settings: await loginSettings(port, passwords) });
  const given = environment['MILLRACE_KAFKA_BROKERS'];
  const kafka = async (): Promise<string> => given ?? (await start('kafka', serverPorts?.kafka, openKafka)).address;
  const kafkaLogin = (login: string): Record<string, string> =>
    given !== undefined
      ? {}
      : {
          MILLRACE_KAFKA_TRUSTED_NETWORK: 'true',
          MILLRACE_KAFKA_SASL_MECHANISM: 'plain',
          MILLRACE_KAFKA_SASL_USERNAME: login,
          MILLRACE_KAFKA_SASL_PASSWORD: passwords[login]!,
        };
  const redis = async (): Promise<string> =>
    environment['MILLRACE_REDIS_URL'] ??
    `redis://${(await start('redis', serverPorts?.redis, (port) => startLocalRedis({ dataDirectory: join(dataDirectory, 'redis'), port }))).address}`;
  // All have come to an end before one that failed ends the start, so that those that run are stopped.
  const [adminUrl, kafkaBrokers, redisUrl] = await Promise.allSettled([postgres(), kafka(), redis()]);
  for (const result of [adminUrl, kafkaBrokers, redisUrl]) if (result.status === 'rejected') throw result.reason;
  const value = (result: PromiseSettledResult<string>): string => (result as PromiseFulfilledResult<string>).value;
  return { local, adminUrl: value(adminUrl), kafkaBrokers: value(kafkaBrokers), kafkaLogin, redisUrl: value(redisUrl) };
}

/** What the jobs `migrate` and `topics` of the containers do; answers the settings of all services. */
async function prepare(
  { adminUrl, kafkaBrokers, kafkaLogin, redisUrl }: Servers,
  secrets: Secrets,
  environment: Environment,
  dataDirectory: string,
): Promise<Record<string, string>> {
  const rolePassword = rolePasswords(secrets);
  const urls = await prepareDatabases({ adminUrl, database: STANDALONE_DATABASE, rolePassword, definitions: ALL_SERVICES });
  const operator = { MILLRACE_KAFKA_BROKERS: kafkaBrokers, ...kafkaLogin(OPERATOR_LOGIN) };
  const logConfig = loadConfig(EventLogConfig, { ...environment, ...operator });
  const log = await openEventLog(logConfig, { clientId: 'topics', onError: () => undefined, replicationFactor: 1 }).catch(namingBrokers(environment));
  await log.createTopics(TOPICS_TO_MAKE).finally(() => log.close());
  if ('MILLRACE_KAFKA_SASL_USERNAME' in operator) {
    await applyKafkaRights({ ...kafkaConnection(logConfig), clientId: 'acls' }, kafkaRightsOfAll(ALL_SERVICES));
  }
  return {
    MILLRACE_INTERNAL_TOKEN: secrets.internalToken,
    MILLRACE_FIELD_KEYS: secrets.fieldKeys,
    MILLRACE_GATEWAY_SIGNING_KEY: secrets.signingKey.trim().replaceAll('\n', '\\n'),
    MILLRACE_GATEWAY_CLIENTS: environment['MILLRACE_GATEWAY_CLIENTS'] ?? clientsSetting(secrets.clientSecrets),
    ...Object.fromEntries(Object.entries(STATEMENT_SETTINGS).map(([name, value]) => [name, environment[name] ?? value])),
    ...operator,
    MILLRACE_REDIS_URL: redisUrl,
    [EVIDENCE_STORE]: environment[EVIDENCE_STORE] ?? evidenceStoreIn(dataDirectory),
    ...Object.fromEntries(ALL_SERVICES.map((definition) => [serviceVariable(definition.name, 'DATABASE_URL'), urls.of(definition.schema)])),
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

/** Several instances are called at one address, so that each gets its share, and none is missed that is away. */
async function balance({ environment, instances }: DistributedOptions, stops: StopList): Promise<Record<string, string>> {
  const addresses: Record<string, string> = {};
  const planned = planProcesses({ definitions: ALL_SERVICES, instances, environment, shared: {} });
  for (const definition of ALL_SERVICES) {
    const instances = planned.filter(({ service }) => service === definition.name);
    if (instances.length === 1) continue;
    const balancer = await Balancer.start(instances);
    stops.add(() => balancer.stop());
    addresses[serviceVariable(definition.name, 'URL')] = balancer.url;
  }
  return addresses;
}

/** Starts PostgreSQL, Kafka, Redis and one process (or more) for every service; on any trouble stops what it has started and throws one clear error. */
export async function startDistributed(options: DistributedOptions): Promise<RunningDistributed> {
  const { environment, instances, say } = options;
  const dataDirectory = loadConfig(StandaloneConfig, environment).dataDirectory ?? defaultDataDirectory('distributed');
  const { databaseUrl, minFreeSpaceMb } = loadConfig(StandaloneConfig, environment);
  await checkDirectoryAnswers(dataDirectory);
  if (databaseUrl === undefined) checkFreeSpace(dataDirectory, minFreeSpaceMb);
  const secrets = loadSecrets(dataDirectory);
  const stops = new StopList();
  try {
    const servers = await startServers(options, dataDirectory, stops);
    say('jobs', 'migrations and topics');
    const shared = await prepare(servers, secrets, environment, dataDirectory);
    const environmentFile = writeEnvironment(dataDirectory, shared);
    const addresses = await balance(options, stops);
    const own = ({ name }: { name: string }) => (servers.kafkaLogin(OPERATOR_LOGIN)['MILLRACE_KAFKA_SASL_PASSWORD'] ? servers.kafkaLogin(name) : {});
    const planned = planProcesses({ definitions: ALL_SERVICES, instances, environment, shared: { ...shared, ...addresses }, own });
    const processes = planned.map((process) => new ServiceProcess(process, say, options.program));
    stops.add(async () => void (await Promise.all(processes.map((process) => process.stop()))));
    await Promise.all(processes.map((process) => process.start()));
    const urlOf = (service: string): string => planned.find((process) => process.service === service)!.url;
    const [gatewayUrl, sandboxUrl] = [urlOf('gateway'), urlOf('provider-sandbox')];
    const balancedGatewayUrl = addresses['MILLRACE_GATEWAY_URL'] ?? gatewayUrl;
    return {
      processes,
      servers: servers.local,
      gatewayUrl,
      balancedGatewayUrl,
      ...(databaseUrl === undefined ? { databasePort: Number(new URL(servers.adminUrl).port) } : {}),
      sandboxUrl,
      secrets,
      dataDirectory,
      environmentFile,
      stop: () => stops.run(),
    };
  } catch (error) {
    await stops.run();
    throw error;
  }
}
