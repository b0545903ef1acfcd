import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, LocalServerError, missingForLocalKafka, startLocalKafka, startLocalRedis, type LocalServer } from '@millrace/service';
import { startInContainer } from './containers.js';

/** A real server for one suite; `stop` ends only what the suite started. */
export interface TestServer {
  /** `host:port`, or several separated by commas. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** `host:port` of brokers that tests use; several are separated by commas. */
export const KAFKA_BROKERS_VARIABLE = 'MILLRACE_TEST_KAFKA_BROKERS';
/** `host:port` of the Redis that tests use. */
export const REDIS_ADDRESS_VARIABLE = 'MILLRACE_TEST_REDIS_ADDRESS';
/** Set where a suite without its server must fail, e.g. in `.ci/run`; elsewhere it is skipped with a line that says so. */
export const REQUIRE_SERVERS_VARIABLE = 'MILLRACE_TEST_REQUIRE_SERVERS';

interface Source {
  readonly name: string;
  readonly variable: string;
  readonly container: { readonly image: string; readonly port: number; readonly environment: (hostPort: number) => Record<string, string> };
  startLocal(dataDirectory: string): Promise<LocalServer>;
}

const KAFKA: Source = {
  name: 'Kafka',
  variable: KAFKA_BROKERS_VARIABLE,
  container: {
    image: 'apache/kafka:4.1.0',
    port: 9092,
    environment: (hostPort) => ({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${hostPort}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    }),
  },
  startLocal: (dataDirectory) => startLocalKafka({ dataDirectory }),
};

const REDIS: Source = {
  name: 'Redis',
  variable: REDIS_ADDRESS_VARIABLE,
  container: { image: 'redis:8', port: 6379, environment: () => ({}) },
  startLocal: (dataDirectory) => startLocalRedis({ dataDirectory }),
};

/** A real broker: the one given by environment, a container where an engine answers, or Apache Kafka's own jars. Undefined where there is none. */
export async function startTestKafka(): Promise<TestServer | undefined> {
  return start(KAFKA);
}

/** A real Redis, found like {@link startTestKafka}. */
export async function startTestRedis(): Promise<TestServer | undefined> {
  return start(REDIS);
}

async function start(source: Source): Promise<TestServer | undefined> {
  const given = process.env[source.variable];
  if (given) return { address: given, stop: async () => undefined };
  const container = await startInContainer(source.container.image, () => startContainer(source.container));
  if (container) return container;
  try {
    return await startTemporary(source);
  } catch (error) {
    if (!(error instanceof LocalServerError)) throw error;
    skip(`no ${source.name}: ${error.message}; or set ${source.variable}, or start Docker`);
    return undefined;
  }
}

function skip(why: string): void {
  if (process.env[REQUIRE_SERVERS_VARIABLE]) throw new Error(why);
  process.stderr.write(`\nSKIPPED, ${why}\n\n`);
}

/** True where a program of Prometheus is here; Debian's package brings both. */
function hasOfPrometheus(program: string): boolean {
  const there = spawnSync(program, ['--version']).status === 0;
  if (!there) skip(`no ${program}: \`apt-get install prometheus\` brings it`);
  return there;
}

/** True where Prometheus' promtool is here, which the rule tests of the alerts need. */
export const hasPromtool = (): boolean => hasOfPrometheus('promtool');

/** True where Prometheus itself is here, which reads what services tell of themselves. */
export const hasPrometheus = (): boolean => hasOfPrometheus('prometheus');

/** True where a suite can start a broker of its own to kill it, for which neither one given by environment nor a container will do. */
export function canKillKafka(): boolean {
  const missing = missingForLocalKafka();
  if (missing !== undefined) skip(`no Kafka to kill: ${missing}`);
  return missing === undefined;
}

async function startTemporary(source: Source): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  try {
    const { address, stop } = await source.startLocal(directory);
    return { address, stop: () => stop().then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A container with the port that the server itself has to name to its clients. */
async function startContainer({ image, port, environment }: Source['container']): Promise<TestServer> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const hostPort = await freePort();
  const container = await new GenericContainer(image)
    .withExposedPorts({ container: port, host: hostPort })
    .withEnvironment(environment(hostPort))
    .withWaitStrategy(Wait.forListeningPorts())
    .start();
  return { address: `127.0.0.1:${hostPort}`, stop: async () => void (await container.stop()) };
}
