import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hasProgram, LocalServerError, untilListening, type LocalServer } from './local-servers.js';
import { defaultDataDirectory } from './postgres-user.js';
import { freePort, startSupervised } from './supervised-server.js';

/** Settings of a broker on this machine. */
export interface LocalKafkaOptions {
  /** Directory for its log and settings; made where it is missing. */
  readonly dataDirectory: string;
  /** Port on 127.0.0.1; a free one where it is not given. */
  readonly port?: number;
  /** Settings of the broker that go over ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Further arguments of the command that sets its storage up, which makes its users too. */
  readonly formatArguments?: readonly string[];
}

const run = promisify(execFile);

/** Names the jars; beside the sources and beside what is built of them alike. */
const PROJECT = fileURLToPath(new URL('../../../deploy/local-kafka/pom.xml', import.meta.url));
const JARS = 'kafka-4.1.0-jars';
/** Any 16 bytes in base64; a cluster of one broker needs no other name. */
const CLUSTER_ID = 'bWlsbHJhY2UtbG9jYWwtMQ';
const LOG_LEVEL = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';

/** What is missing for a local broker, in one line; undefined where nothing is. */
export function missingForLocalKafka(): string | undefined {
  if (!hasProgram('java', '-version')) return 'Java 17 or newer is not installed: `apt-get install default-jre-headless` brings it';
  if (!existsSync(defaultDataDirectory(JARS)) && !hasProgram('mvn', '-version')) return 'Maven is not installed: `apt-get install maven` brings it';
  return undefined;
}

/** Folder with the broker's jars; Maven brings them once. */
async function jars(): Promise<string> {
  const folder = defaultDataDirectory(JARS);
  if (existsSync(folder)) return folder;
  // Brought under another name first: a second start at the same time must never see half of them.
  const half = `${folder}.${process.pid}`;
  try {
    await run('mvn', ['-q', '-B', '-f', PROJECT, 'dependency:copy-dependencies', `-DoutputDirectory=${half}`]);
  } catch (error) {
    const { stdout = '', message } = error as { stdout?: string; message: string };
    throw new LocalServerError(`Maven could not bring Apache Kafka: ${stdout.split('\n').find((line) => line.includes('ERROR')) ?? message}`);
  }
  try {
    renameSync(half, folder);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function brokerSettings(directory: string, port: number, controllerPort: number, over: Readonly<Record<string, string>>): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(directory, 'log'),
    // Topics come from the topic job; a single broker keeps a single copy.
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '8',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    // After a crash the same broker is let in again as soon as it is missed; missed too early, on a machine that is busy, it stops itself from serving.
    'broker.heartbeat.interval.ms': '500',
    'broker.session.timeout.ms': '6000',
    // Nobody waits for other members of a group that has only just begun.
    'group.initial.rebalance.delay.ms': '0',
    ...over,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Starts one broker of Apache Kafka (KRaft) on this machine without a container; what it has stored is there again after a restart. */
export async function startLocalKafka(options: LocalKafkaOptions): Promise<LocalServer> {
  const missing = missingForLocalKafka();
  if (missing) throw new LocalServerError(missing);
  const classPath = join(await jars(), '*');
  const { settings = {}, formatArguments = [] } = options;
  const directory = resolve(options.dataDirectory);
  mkdirSync(directory, { recursive: true });
  const port = options.port ?? (await freePort());
  const settingsFile = join(directory, 'broker.properties');
  writeFileSync(settingsFile, brokerSettings(directory, port, await freePort(), settings));
  const format = [
    '-cp',
    classPath,
    LOG_LEVEL,
    'kafka.tools.StorageTool',
    'format',
    '--ignore-formatted',
    '-t',
    CLUSTER_ID,
    '-c',
    settingsFile,
    ...formatArguments,
  ];
  await run('java', format).catch(({ stderr }: { stderr: string }) => {
    throw new LocalServerError(`Kafka's storage could not be set up in ${directory}: ${stderr.trim().split('\n').at(-1)}`);
  });
  const args = ['-Xms256m', '-Xmx512m', LOG_LEVEL, '-cp', classPath, 'kafka.Kafka', settingsFile];
  const server = startSupervised({ command: 'java', args, logFile: join(directory, 'kafka.log'), stopSignal: 'TERM' });
  return untilListening('Kafka', server, port);
}
