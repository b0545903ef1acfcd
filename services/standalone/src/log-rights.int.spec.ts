import { describeEvent, PARTITIONS_PER_TOPIC, TOPICS } from '@millrace/contracts';
import { PostgresEventLog, type EventLog, type Subscription } from '@millrace/messaging';
import { usesEventLog, type ServiceDefinition } from '@millrace/service';
import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { ALL_SERVICES } from './standalone.js';

// Goal (SEC-11): in the log on PostgreSQL a service's role appends to its own topic, reads what it consumes and moves its own group; the rest is refused.
// Method: the roles and rights that the migration job makes of the services' own lists of events, each used past the service's code as a thief would.
const DENIED = '42501';
const LENDERS = ALL_SERVICES.filter(usesEventLog);
const TOPIC_NAMES = Object.values(TOPICS);

let database: TestDatabase;
let operator: PostgresEventLog;
const logs = new Map<string, EventLog>();
beforeAll(async () => {
  database = await createTestDatabase(ALL_SERVICES);
  operator = await openLog(database.urls.eventLog);
  await operator.createTopics(TOPIC_NAMES.map((name) => ({ name, partitions: PARTITIONS_PER_TOPIC })));
  for (const { name, schema } of LENDERS) logs.set(name, await openLog(database.urls.of(schema)));
}, 120_000);
afterAll(async () => {
  await Promise.all([...logs.values(), operator].map((log) => log.close()));
  await database.drop();
});

const openLog = (connectionString: string): Promise<PostgresEventLog> => PostgresEventLog.open({ connectionString, onError: () => undefined });
const record = (topic: string) => ({ topic, key: 'key', headers: { ce_id: 'x' }, value: Buffer.from('{}') });
const written = async (topic: string): Promise<bigint> => (await operator.offsets(topic)).reduce((sum, { next }) => sum + next, 0n);
const ownTopics = ({ produces }: ServiceDefinition): string[] => produces.map((eventClass) => describeEvent(eventClass).topic);
const readTopics = ({ consumes }: ServiceDefinition): string[] => consumes.map(({ eventClass }) => describeEvent(eventClass).topic);

/** The code with which a statement of a role is refused, or the number of rows that it touched; what it did is taken back. */
async function outcome(url: string, sql: string, values: readonly unknown[] = []): Promise<string | number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    return (await client.query(sql, [...values])).rowCount ?? 0;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.end();
  }
}

function join(log: EventLog, group: string, topic: string): Promise<Subscription> {
  const settings = { maxBatchRecords: 1, concurrentBatches: 1, sessionTimeoutMs: 10_000, retryDelayMs: 100, startAt: 'earliest' as const };
  return log.subscribe({ group, topics: [topic], ...settings, onError: () => undefined, onBatch: async () => undefined });
}

test.each(LENDERS)('SEC-11: $name appends to its own topic, and to no other', async (definition) => {
  const log = logs.get(definition.name)!;
  const own = new Set(ownTopics(definition));
  for (const topic of TOPIC_NAMES) {
    const before = await written(topic);
    const ended = await log.append([record(topic)]).then(
      () => 'done',
      (error: unknown) => (error as { code: string }).code,
    );
    expect([topic, ended, (await written(topic)) - before]).toEqual([topic, own.has(topic) ? 'done' : DENIED, own.has(topic) ? 1n : 0n]);
  }
});

test('SEC-11: one foreign record in a batch, and nothing of the batch is appended; the refusal names role and topics', async () => {
  const [own, foreign] = [TOPICS.scoring, TOPICS.disbursement];
  const before = [await written(own), await written(foreign)];
  await expect(logs.get('scoring')!.append([record(own), record(foreign)])).rejects.toThrow(`the role scoring may not append to all of these topics`);
  expect([await written(own), await written(foreign)]).toEqual(before);
});

test.each(LENDERS)('SEC-11: $name makes no record, no place and no topic past the function, and changes none', async ({ schema }) => {
  await operator.append(TOPIC_NAMES.map(record));
  const statements = [
    `insert into event_log.record (topic, partition, "offset", key, headers, value) values ('${TOPICS.scoring}', 0, 999, 'k', '{}', '')`,
    `update event_log.record set key = 'x'`,
    'delete from event_log.record',
    'select 1 from event_log.record for update',
    'truncate event_log.record',
    'update event_log.topic_partition set next_offset = 0',
    'delete from event_log.topic_partition',
    'select 1 from event_log.topic_partition for update',
    `insert into event_log.topic_partition (topic, partition) values ('mine', 0)`,
    `insert into event_log.log_right (role, may, name) values ('${schema}', 'append', '${TOPICS.disbursement}')`,
    `update event_log.log_right set role = '${schema}'`,
    'delete from event_log.log_right',
    `alter function event_log.append security invoker`,
    `create or replace function event_log.append(topics text[], partitions integer[], keys text[], header_sets jsonb[], payloads bytea[])
      returns table (topic text, partition integer, base bigint) language sql as $$ select 'x', 0, 0::bigint $$`,
    'alter table event_log.record disable row level security',
    'drop policy topics_of_role on event_log.record',
    'select * from event_log.schema_migration',
    'set session authorization event_log',
    'set role event_log',
  ];
  for (const sql of statements) expect([sql, await outcome(database.urls.of(schema), sql)]).toEqual([sql, DENIED]);
});

test.each(LENDERS)('SEC-11: $name reads the topics that it consumes, and sees no record of another', async (definition) => {
  await operator.append(TOPIC_NAMES.map(record));
  const client = new pg.Client({ connectionString: database.urls.of(definition.schema) });
  await client.connect();
  const { rows } = await client.query<{ topic: string }>('select distinct topic from event_log.record order by 1');
  await client.end();
  expect(rows.map(({ topic }) => topic)).toEqual([...new Set(readTopics(definition))].sort());
});

test.each(LENDERS)('SEC-11: $name moves the places of its own group, and of no other', async (definition) => {
  const url = database.urls.of(definition.schema);
  const [topic] = readTopics(definition);
  const own = await join(logs.get(definition.name)!, definition.name, topic!);
  const other = await join(operator, 'somebody-else', topic!);
  try {
    await expect(join(logs.get(definition.name)!, 'somebody-else', topic!)).rejects.toMatchObject({ code: DENIED });
    for (const table of ['consumer_partition', 'consumer_member']) {
      const touch = (group: string) => outcome(url, `update event_log.${table} set group_name = group_name where group_name = $1`, [group]);
      expect([table, (await touch(definition.name)) === 0, await touch('somebody-else')]).toEqual([table, false, 0]);
      expect([table, await outcome(url, `delete from event_log.${table} where group_name = $1`, ['somebody-else'])]).toEqual([table, 0]);
    }
    expect(await outcome(url, `update event_log.consumer_partition set group_name = 'somebody-else', partition = 999`)).toBe(DENIED);
  } finally {
    await Promise.all([own.stop(), other.stop()]);
  }
});

test('a service that neither writes nor reads events has no way into the log', async () => {
  const [outsider] = ALL_SERVICES.filter((definition) => !usesEventLog(definition));
  for (const sql of ['select * from event_log.topic_partition', `select * from event_log.append('{}', '{}', '{}', '{}', '{}')`])
    expect([sql, await outcome(database.urls.of(outsider!.schema), sql)]).toEqual([sql, DENIED]);
});
