import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventLog } from '@millrace/messaging';
import { canKillKafka } from '@millrace/testing';
import type { Environment } from '../src/config.js';
import { loadConfig } from '../src/config.js';
import { startLocalKafka } from '../src/local-kafka.js';
import type { LocalServer } from '../src/local-servers.js';
import { EventLogConfig, openEventLog } from '../src/open-event-log.js';
import { freePort } from '../src/supervised-server.js';

// Goal: a broker that wants TLS and a login is used with the settings that docs/operations.md names, and refuses whoever lacks one of them.
// Method: Apache Kafka with a certificate of its own and two ways to log in.
const TIMEOUT_MS = 120_000;
const TOPIC = 'test.secure';
const PASSWORD = 'a-password-of-the-tests';
const directory = mkdtempSync(join(tmpdir(), 'millrace-test-'));
const keystore = join(directory, 'broker.p12');
const ownBroker = canKillKafka();
let kafka: LocalServer | undefined;
let secure: Environment;

function makeCertificate(): string {
  const store = ['-keystore', keystore, '-storetype', 'PKCS12', '-storepass', PASSWORD, '-alias', 'broker'];
  const name = ['-dname', 'CN=broker', '-ext', 'san=ip:127.0.0.1', '-validity', '2'];
  execFileSync('keytool', ['-genkeypair', '-keyalg', 'EC', '-groupname', 'secp256r1', ...name, ...store], { stdio: 'ignore' });
  return execFileSync('keytool', ['-exportcert', '-rfc', ...store], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** One listener for clients with TLS and a login; the broker's own traffic goes over others. */
async function secureListeners(port: number): Promise<Record<string, string>> {
  const [controllerPort, internalPort] = [await freePort(), await freePort()];
  const advertised = `CLIENTS://127.0.0.1:${port},INTERNAL://127.0.0.1:${internalPort}`;
  return {
    listeners: `${advertised},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': advertised,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'listener.security.protocol.map': 'CLIENTS:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'INTERNAL',
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512,PLAIN',
    'listener.name.clients.scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    'listener.name.clients.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_plain="${PASSWORD}";`,
    'ssl.keystore.location': keystore,
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.password': PASSWORD,
  };
}

beforeAll(async () => {
  if (!ownBroker) return;
  const certificate = makeCertificate();
  const port = await freePort();
  const formatArguments = ['--add-scram', `SCRAM-SHA-512=[name=scram,password=${PASSWORD}]`];
  kafka = await startLocalKafka({ dataDirectory: directory, port, settings: await secureListeners(port), formatArguments });
  secure = {
    MILLRACE_KAFKA_BROKERS: kafka.address,
    MILLRACE_KAFKA_TLS: 'true',
    MILLRACE_KAFKA_TLS_CA: certificate.trim().replaceAll('\n', '\\n'),
    MILLRACE_KAFKA_SASL_MECHANISM: 'scram-sha-512',
    MILLRACE_KAFKA_SASL_USERNAME: 'scram',
    MILLRACE_KAFKA_SASL_PASSWORD: PASSWORD,
  };
}, TIMEOUT_MS);
afterAll(async () => {
  await kafka?.stop();
  rmSync(directory, { recursive: true, force: true });
});

const open = (environment: Environment): Promise<EventLog> =>
  openEventLog(loadConfig(EventLogConfig, environment), { clientId: 'test', onError: () => undefined });

const onKafka = ownBroker ? test : test.skip;

onKafka(
  'with TLS and a login the log is written, read and subscribed to',
  async () => {
    const log = await open(secure);
    await log.createTopics([{ name: TOPIC, partitions: 1 }]);
    const seen: string[] = [];
    const all = new Promise<void>((done) => {
      void log.subscribe({
        group: 'secure',
        topics: [TOPIC],
        startAt: 'earliest',
        maxBatchRecords: 10,
        concurrentBatches: 1,
        sessionTimeoutMs: 10_000,
        retryDelayMs: 100,
        onError: () => undefined,
        onBatch: async ({ records }) => {
          seen.push(...records.map(({ value }) => value.toString()));
          if (seen.length === 2) done();
        },
      });
    });
    await log.append(['one', 'two'].map((value) => ({ topic: TOPIC, key: 'key', headers: {}, value: Buffer.from(value) })));
    await all;
    expect(seen).toEqual(['one', 'two']);
    await log.close();
    const plain = await open({ ...secure, MILLRACE_KAFKA_SASL_MECHANISM: 'plain', MILLRACE_KAFKA_SASL_USERNAME: 'plain' });
    expect(await plain.offsets(TOPIC)).toMatchObject([{ next: 2n }]);
    await plain.close();
  },
  TIMEOUT_MS,
);

(ownBroker ? test.each : test.skip.each)([
  ['a wrong password', { MILLRACE_KAFKA_SASL_PASSWORD: 'another' }, /authentication failed/i],
  ['an authority that nobody knows', { MILLRACE_KAFKA_TLS_CA: undefined }, /self-signed certificate/],
])(
  '%s is refused in one line',
  async (_what, change, message) => {
    await expect(open({ ...secure, ...change })).rejects.toThrow(message);
  },
  TIMEOUT_MS,
);
