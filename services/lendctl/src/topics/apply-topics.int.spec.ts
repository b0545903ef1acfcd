import { TOPICS_TO_MAKE } from '@millrace/contracts';
import { createTestDatabase, startTestKafka, type TestDatabase } from '@millrace/testing';
import { runLendctl } from '../../test/run-lendctl.js';
import { applyTopics } from './apply-topics.js';

const kafka = await startTestKafka();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await kafka?.stop();
  await database.drop();
});

/** Once all are made, and once all are left as they are, also by a job that would make them otherwise. */
async function applyTwice(environment: Record<string, string>): Promise<void> {
  const expected = (made: boolean) => TOPICS_TO_MAKE.map((topic) => ({ ...topic, made }));
  expect(await applyTopics({ environment }, { replication: 1 })).toEqual(expected(true));
  expect(await applyTopics({ environment }, { partitions: 3, replication: 1 })).toEqual(expected(false));
}

test('the committed topics are made on PostgreSQL', async () => {
  const environment = { MILLRACE_EVENT_LOG_URL: database.urls.eventLog };
  await applyTwice(environment);
  const { out } = await runLendctl({ environment }, 'topics', '--json');
  expect(JSON.parse(out)).toEqual({ topics: TOPICS_TO_MAKE.map((topic) => ({ ...topic, made: false })) });
});

(kafka ? test : test.skip)('the committed topics are made on Kafka; more copies than there are brokers are refused in one line', async () => {
  const environment = { MILLRACE_KAFKA_BROKERS: kafka!.address };
  await expect(applyTopics({ environment }, { replication: 3 })).rejects.toThrow(/lending\.loan-application\.v1: .*replication/i);
  await applyTwice(environment);
});

test.each([
  ['no log', {}, /set MILLRACE_KAFKA_BROKERS .* or MILLRACE_EVENT_LOG_URL/],
  ['two logs', { MILLRACE_KAFKA_BROKERS: 'kafka:9092', MILLRACE_EVENT_LOG_URL: 'postgres://event_log@db/millrace' }, /both set/],
  ['an address without a port', { MILLRACE_KAFKA_BROKERS: 'kafka' }, /MILLRACE_KAFKA_BROKERS must be host:port/],
  ['a broker that is away', { MILLRACE_KAFKA_BROKERS: '127.0.0.1:9' }, /^no Kafka broker answers at 127\.0\.0\.1:9/],
  ['a server that is away', { MILLRACE_EVENT_LOG_URL: 'postgres://event_log@127.0.0.1:9/millrace' }, /MILLRACE_EVENT_LOG_URL cannot be opened: .*ECONNREFUSED/],
])('%s is refused in one line', async (_what, environment, message) => {
  await expect(applyTopics({ environment }, { replication: 1 })).rejects.toThrow(message);
});
