import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEvent, newId, PARTITIONS_PER_TOPIC, SuspicionRaised, systemClock, TOPICS } from '@millrace/contracts';
import { applyKafkaRights, encodeEvent, listRefused, type EventLog, type LogRecord } from '@millrace/messaging';
import { canKillKafka, createTestDatabase, until } from '@millrace/testing';
import { loadConfig, type Environment } from '../src/config.js';
import { kafkaRightsOf, kafkaRightsOfAll } from '../src/log-rights.js';
import { createLogger } from '../src/logger.js';
import { startLocalKafka } from '../src/local-kafka.js';
import { BROKER_LOGIN, loginSettings, OPERATOR_LOGIN } from '../src/local-kafka-logins.js';
import type { LocalServer } from '../src/local-servers.js';
import { EventLogConfig, kafkaConnection, openEventLog } from '../src/open-event-log.js';
import { openPool } from '../src/pool.js';
import { startService } from '../src/start-service.js';
import { freePort } from '../src/supervised-server.js';
import { Asked, watched } from './watched-service.js';

// Goal (SEC-11): a service's login writes to its own topic and reads what it consumes, and nothing else: the broker refuses the rest.
// Method: Apache Kafka with the settings that `npm run start:distributed` gives it, and the rights that the services' lists of events say.
const TIMEOUT_MS = 120_000;
const directory = mkdtempSync(join(tmpdir(), 'millrace-test-'));
const ownBroker = canKillKafka();
const onKafka = ownBroker ? test : test.skip;

/** `asker` writes the hub's topic; `listener` reads it, and writes nothing; `finder` finds what is suspicious. */
const ASKED_TOPIC = describeEvent(Asked).topic;
const asker = { name: 'asker', produces: [Asked], consumes: [] };
const listener = { name: 'listener', produces: [], consumes: [{ eventClass: Asked, handler: class {} as never }] };
const finder = { name: 'finder', produces: [SuspicionRaised], consumes: [{ eventClass: Asked, handler: class {} as never }] };
const COMPLIANCE_LOGIN = 'compliance';
const logins = [BROKER_LOGIN, OPERATOR_LOGIN, asker.name, listener.name, watched.name, finder.name, COMPLIANCE_LOGIN, 'nobody'];
const passwords = Object.fromEntries(logins.map((login) => [login, `password-of-${login}`]));

let kafka: LocalServer | undefined;
const opened: EventLog[] = [];

const environmentOf = (login: string, password = passwords[login]!): Environment => ({
  MILLRACE_KAFKA_BROKERS: kafka!.address,
  MILLRACE_KAFKA_TRUSTED_NETWORK: 'true',
  MILLRACE_KAFKA_SASL_MECHANISM: 'plain',
  MILLRACE_KAFKA_SASL_USERNAME: login,
  MILLRACE_KAFKA_SASL_PASSWORD: password,
});
const configOf = (login: string): EventLogConfig => loadConfig(EventLogConfig, environmentOf(login));

async function open(login: string, password?: string): Promise<EventLog> {
  const log = await openEventLog(loadConfig(EventLogConfig, environmentOf(login, password)), { clientId: login, onError: () => undefined });
  opened.push(log);
  return log;
}

const record = (topic: string) => ({ topic, key: 'key', headers: {}, value: Buffer.from('{}') });
const applyRights = (services: readonly Parameters<typeof kafkaRightsOf>[0][]) =>
  applyKafkaRights(
    { ...kafkaConnection(configOf(OPERATOR_LOGIN)), clientId: 'acls' },
    services.map((service) => kafkaRightsOf(service)),
  );

/** Reads a topic as a member of a group until a record comes. */
async function firstRead(log: EventLog, topic: string, group: string): Promise<string> {
  const read = Promise.withResolvers<string>();
  await log.subscribe({
    group,
    topics: [topic],
    startAt: 'earliest',
    maxBatchRecords: 1,
    concurrentBatches: 1,
    sessionTimeoutMs: 10_000,
    retryDelayMs: 100,
    onError: () => undefined,
    onBatch: async ({ records }) => read.resolve(records[0]!.value.toString()),
  });
  return read.promise;
}

beforeAll(async () => {
  if (!ownBroker) return;
  const port = await freePort();
  kafka = await startLocalKafka({ dataDirectory: directory, port, settings: await loginSettings(port, passwords) });
  const operator = await open(OPERATOR_LOGIN);
  await operator.createTopics(Object.values(TOPICS).map((name) => ({ name, partitions: name === ASKED_TOPIC ? 1 : PARTITIONS_PER_TOPIC })));
  await applyRights([asker, listener, watched]);
}, TIMEOUT_MS);
afterAll(async () => {
  await Promise.all(opened.map((log) => log.close()));
  await kafka?.stop();
  rmSync(directory, { recursive: true, force: true });
});

onKafka(
  'SEC-11: a login writes its own topic, and the one that consumes it reads it with its own group',
  async () => {
    const [writer, reader] = [await open(asker.name), await open(listener.name)];
    // Rules reach the broker a moment after they were made; services wait for their topics in the same way.
    const allowed = async (): Promise<boolean> => (await Promise.all([writer, reader].map((log) => log.offsets(ASKED_TOPIC)))).length === 2;
    await until(() => allowed().catch(() => false), 'the rules');
    await writer.append([record(ASKED_TOPIC)]);
    expect(await firstRead(reader, ASKED_TOPIC, listener.name)).toBe('{}');
    expect(await reader.offsets(ASKED_TOPIC, listener.name)).toMatchObject([{ next: expect.any(BigInt) }]);
  },
  TIMEOUT_MS,
);

onKafka(
  'SEC-11: a login cannot write the topic of another service, nor one that it only reads; nothing of it comes to be there',
  async () => {
    const operator = await open(OPERATOR_LOGIN);
    const next = async (topic: string): Promise<bigint> => (await operator.offsets(topic)).reduce((sum, partition) => sum + partition.next, 0n);
    for (const [login, topic] of [
      [asker.name, TOPICS.disbursement],
      [listener.name, ASKED_TOPIC],
      ['nobody', ASKED_TOPIC],
    ] as const) {
      const before = await next(topic);
      const log = await open(login);
      await expect(log.append([record(topic)])).rejects.toThrow();
      expect([login, await next(topic)]).toEqual([login, before]);
    }
  },
  TIMEOUT_MS,
);

onKafka(
  'SEC-11: a login can neither read nor see a topic that it does not consume, nor use the group of another',
  async () => {
    const log = await open(listener.name);
    await expect(log.offsets(TOPICS.disbursement)).rejects.toThrow();
    await expect(firstRead(log, TOPICS.disbursement, listener.name)).rejects.toThrow();
    await expect(log.offsets(ASKED_TOPIC, 'scoring')).rejects.toThrow();
  },
  TIMEOUT_MS,
);

onKafka(
  'SEC-12, R-LG-02: the restricted topic is written by its owner, and read by the login of compliance and nobody else, its owner included',
  async () => {
    const topic = TOPICS.kycAntifraudRestricted;
    const rights = kafkaRightsOfAll([asker, listener, finder]);
    await applyKafkaRights({ ...kafkaConnection(configOf(OPERATOR_LOGIN)), clientId: 'acls' }, rights);
    expect(rights.filter(({ reads }) => reads.includes(topic)).map(({ login }) => login)).toEqual([COMPLIANCE_LOGIN]);
    const [writer, reader] = [await open(finder.name), await open(COMPLIANCE_LOGIN)];
    const written = (): Promise<boolean> =>
      writer.append([record(topic)]).then(
        () => true,
        () => false,
      );
    await until(written, 'the right to write');
    await until(() => reader.offsets(topic).then(Boolean, () => false), 'the right to read');
    expect(await firstRead(reader, topic, COMPLIANCE_LOGIN)).toBe('{}');
    await expect(reader.append([record(topic)])).rejects.toThrow();
    await expect(reader.offsets(ASKED_TOPIC)).rejects.toThrow();
    for (const login of [asker.name, listener.name, 'nobody']) await expect((await open(login)).offsets(topic)).rejects.toThrow();
    const [place] = (await reader.offsets(topic)).filter(({ earliest, next }) => next > earliest);
    const readBack = writer.read({ topic, partition: place!.partition, offset: place!.earliest }, { batchRecords: 1 });
    await expect(readBack[Symbol.asyncIterator]().next()).rejects.toThrow(/authori[sz]/i);
  },
  TIMEOUT_MS,
);

/** An event as the service that is named would write it. */
function eventOf(source: string, applicationId: string): LogRecord {
  const origin = { source, time: new Date(), context: { actor: { kind: 'system' as const, id: source }, causationId: newId() } };
  const event = encodeEvent(new Asked({ applicationId, port: 1 }), { ...origin, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` });
  return { topic: event.topic, key: event.key, headers: event.headers, value: Buffer.from(event.payload) };
}

onKafka(
  'SEC-11: what an administrator forges past every right is recorded, alarms and is passed over, and its key goes on',
  async () => {
    const [log, operator] = [await open(watched.name), await open(OPERATOR_LOGIN)];
    await until(() => log.offsets(ASKED_TOPIC).catch(() => undefined), 'the rules');
    const database = await createTestDatabase([watched as never]);
    const lines: string[] = [];
    const databaseUrl = database.urls.of(watched.schema);
    const settings = { MILLRACE_INTERNAL_TOKEN: 't'.repeat(32), MILLRACE_WATCHED_PORT: '0', MILLRACE_WATCHED_DATABASE_URL: databaseUrl };
    const logger = createLogger(watched.name, 'info', { write: (line: string) => void lines.push(line) });
    const service = await startService(watched, { config: loadConfig(watched.config, settings), clock: systemClock, log, logger });
    const pool = openPool({ connectionString: databaseUrl, max: 1 }, () => undefined);
    const rowsOf = async (sql: string): Promise<number> => (await pool.query(sql)).rowCount ?? 0;
    try {
      const applicationId = newId();
      await operator.append(['loan-application', 'scoring', 'loan-application'].map((source) => eventOf(source, applicationId)));
      await until(async () => (await rowsOf('select 1 from _private_jobs')) === 2, 'both true events');
      const refused = (await listRefused(pool, watched.name)).filter(({ key }) => key === applicationId);
      expect(refused).toMatchObject([{ reasonCode: 'SOURCE_NOT_OWNER', topic: ASKED_TOPIC, source: expect.stringContaining('scoring') }]);
      expect(await rowsOf('select 1 from parked_event')).toBe(0);
      const metrics = await (await fetch(`${service.operationsUrl}/metrics`)).text();
      expect(metrics).toMatch(/^millrace_refused_events\{(?=.*SOURCE_NOT_OWNER).*\} [1-9]/m);
      expect(lines.some((line) => line.includes('"level":50') && line.includes('SOURCE_NOT_OWNER') && line.includes(applicationId))).toBe(true);
    } finally {
      await pool.end();
      await service.stop();
      await database.drop();
    }
  },
  TIMEOUT_MS,
);

onKafka(
  'a second run changes nothing; a right that a service has no more is taken away; a login without the right to alter rights alters none',
  async () => {
    expect(await applyRights([asker, listener])).toEqual({ made: 0, removed: 0 });
    expect(await applyRights([{ ...asker, produces: [] }])).toEqual({ made: 0, removed: 1 });
    expect(await applyRights([asker])).toEqual({ made: 1, removed: 0 });
    const rights = [{ login: asker.name, writes: [TOPICS.disbursement], reads: [] }];
    await expect(applyKafkaRights({ ...kafkaConnection(configOf(asker.name)), clientId: 'thief' }, rights)).rejects.toThrow();
  },
  TIMEOUT_MS,
);

onKafka(
  'a wrong password is refused in one line',
  async () => {
    await expect(open(asker.name, 'guessed')).rejects.toThrow(/no Kafka broker answers at .*authentication failed/i);
  },
  TIMEOUT_MS,
);
