import { setTimeout as delay } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import type { LogRecord } from '../src/event-log.js';
import { PostgresEventLog } from '../src/postgres-event-log.js';
import { appendRecords } from '../src/postgres-records.js';
import { describeEventLog } from './event-log.contract.js';
import { eventually, LogBench, numbersOf, readAll, record, sequence, uniqueName, valuesOf } from './log-bench.js';
import { openLog } from './open-postgres-log.js';

describeEventLog('PostgreSQL', async () => {
  const database = await createTestDatabase();
  const address = database.urls.eventLog;
  const opener = { opener: new URL('open-postgres-log.ts', import.meta.url).href, address };
  return { opener, connect: () => openLog(address), close: () => database.drop() };
});

describe('PostgreSQL event log', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;
  let bench: LogBench;
  let topic: string;
  let group: string;
  const clients: pg.Client[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    bench = new LogBench({ connect: () => openLog(database.urls.eventLog), opener: { opener: '', address: '' }, close: async () => undefined });
    log = (await bench.connect()) as PostgresEventLog;
    topic = await bench.topic(log);
    group = uniqueName('group');
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.end()));
    await bench.close();
  });
  afterAll(() => database.drop());

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: database.urls.eventLog });
    await client.connect();
    clients.push(client);
    return client;
  };
  const appendOn = (client: pg.Client, records: readonly LogRecord[], partitions = 1): Promise<unknown> =>
    appendRecords(client, records, new Map([[topic, partitions]]));

  test('a reader never passes a row whose transaction commits late, though a transaction that began later commits first', async () => {
    const partitions = 2;
    topic = await bench.topic(log, partitions);
    const [early, late] = [keyOfPartition(0), keyOfPartition(1)];
    const member = await bench.join(log, { group, topics: [topic] });
    const [first, second] = [await connect(), await connect()];
    // The first transaction has the lower transaction id and writes last; the second one overtakes it in both partitions.
    await first.query('begin');
    await first.query('select pg_current_xact_id()');
    await second.query('begin');
    await appendOn(second, [record(topic, early, `${early}#0`), record(topic, late, `${late}#0`)], partitions);
    const waiting = appendOn(first, [record(topic, early, `${early}#1`), record(topic, late, `${late}#1`)], partitions);
    await delay(300);
    expect(member.values()).toEqual([]);
    await second.query('commit');
    await waiting;
    await eventually(() => member.values().length === 2, 'the rows of the transaction that began later');
    // While the first one is still open, a third writer cannot take a place behind it and be read before it.
    const third = log.append([record(topic, early, `${early}#2`), record(topic, late, `${late}#2`)]);
    await delay(300);
    expect(member.values()).toHaveLength(2);
    await first.query('commit');
    await third;
    await eventually(() => member.values().length === 6, 'every row');
    for (const key of [early, late]) expect(numbersOf(member.values(), key)).toEqual([0, 1, 2]);
    expect(member.errors).toEqual([]);
  });

  test('transactions that commit or roll back in any order leave a reader with exactly the committed rows, in order, without gaps', async () => {
    const member = await bench.join(log, { group, topics: [topic], maxBatchRecords: 3 });
    const committed: string[] = [];
    await Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        const client = await connect();
        for (let round = 0; round < 12; round++) {
          await client.query('begin');
          await appendOn(client, sequence(topic, `w${writer}`, 2, round * 2));
          await delay((writer * 7 + round * 3) % 11);
          const rollBack = (writer + round) % 3 === 0;
          await client.query(rollBack ? 'rollback' : 'commit');
          if (!rollBack) committed.push(`w${writer}#${round * 2}`, `w${writer}#${round * 2 + 1}`);
        }
      }),
    );
    await eventually(() => member.values().length >= committed.length, 'every committed row');
    expect(member.values().sort()).toEqual(committed.sort());
    const stored = await readAll(log, topic);
    expect(stored.map(({ offset }) => Number(offset))).toEqual(Array.from({ length: committed.length }, (_, offset) => offset));
  });

  test('reading goes on after the listening connection was killed, with or without new notifications', async () => {
    const member = await bench.join(log, { group, topics: [topic] });
    await log.append([record(topic, 'k', 'before')]);
    await eventually(() => member.values().length === 1, 'the first record');
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    clients.push(admin);
    const killed = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'millrace-log-listener'`,
    );
    expect(killed.rowCount).toBeGreaterThan(0);
    await log.append([record(topic, 'k', 'right after')]);
    await eventually(() => member.values().length === 2, 'the record appended while nobody listened');
    const listeners = `select 1 from pg_stat_activity where datname = current_database() and application_name = 'millrace-log-listener'`;
    await eventually(async () => (await admin.query(listeners)).rowCount === killed.rowCount, 'a new listening connection');
    await log.append([record(topic, 'k', 'later')]);
    await eventually(() => member.values().length === 3, 'the last record');
    expect(member.values()).toEqual(['before', 'right after', 'later']);
  });

  test('every connection killed in the middle of a batch: the batch comes again and nothing is lost', async () => {
    await log.append(sequence(topic, 'k', 20));
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    clients.push(admin);
    let batches = 0;
    const joined = Promise.withResolvers<void>();
    const member = await bench.join(log, { group, topics: [topic], maxBatchRecords: 5 }, async () => {
      // A member that has not started yet may fail to: that is another test.
      if (batches++ === 1) {
        await joined.promise;
        await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
      }
    });
    joined.resolve();
    await eventually(() => new Set(member.values()).size === 20, 'every record');
    expect([...new Set(member.values())]).toEqual(valuesOf(await readAll(log, topic)));
  });

  test('an append is told to readers at once, not by the slow poll', async () => {
    const patient = await PostgresEventLog.open({ connectionString: database.urls.eventLog, onError: () => undefined, pollIntervalMs: 3_600_000 });
    const member = await bench.join(patient, { group, topics: [topic] });
    await log.append([record(topic, 'k', 'v')]);
    await eventually(() => member.values().length === 1, 'delivery by notification');
    await patient.close();
  });

  test('a member that could not start takes no part in its group', async () => {
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    clients.push(admin);
    await admin.query('alter table event_log.consumer_member rename to hidden');
    await expect(bench.join(log, { group, topics: [topic] })).rejects.toThrow(/consumer_member/);
    await admin.query('alter table event_log.hidden rename to consumer_member');
    await log.append([record(topic, 'k', 'v')]);
    const member = await bench.join(await bench.connect(), { group, topics: [topic] });
    await eventually(() => member.values().length === 1, 'delivery to the only member');
    expect((await admin.query('select 1 from event_log.consumer_member where group_name = $1', [group])).rowCount).toBe(1);
  });

  test('a log whose tables are missing is refused at once', async () => {
    await expect(PostgresEventLog.open({ connectionString: database.adminUrl.replace(/\/[^/]*$/, '/template1'), onError: () => undefined })).rejects.toThrow(
      /event_log/,
    );
  });
});

/** A key of one of two partitions. */
function keyOfPartition(partition: 0 | 1): string {
  return partition === 0 ? 'key-1' : 'key-0';
}
