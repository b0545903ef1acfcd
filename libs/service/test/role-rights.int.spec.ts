import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { OWNER_ROLE } from '../src/grant-rights.js';
import { openPool } from '../src/pool.js';
import { prepareDatabases } from '../src/prepare-databases.js';
import { jobsOnlyService } from './jobs-only-service.js';

// Goal: what is append-only is so against the service itself (SEC-7): its role reads and writes rows, and owns nothing.
const SCHEMA = 'test_rights';
let database: TestDatabase;
let admin: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase([jobsOnlyService(SCHEMA)]);
  admin = openPool({ connectionString: database.adminUrl, max: 2 }, () => undefined);
}, 60_000);
afterAll(async () => {
  await admin.end();
  await database.drop();
});

async function as(url: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.end().catch(() => undefined);
  }
}
const DENIED = '42501';

test.each([
  'alter table outbox disable trigger all',
  'drop trigger outbox_inserted on outbox',
  'alter table outbox add column x int',
  'drop table outbox',
  'truncate outbox',
  'create table mine (x int)',
  'create temporary table mine (x int)',
  'create function f() returns int language sql as $$ select 1 $$',
  'delete from operator_action',
  `update operator_action set performed_by = 'nobody'`,
  'delete from schema_migration',
  `insert into schema_migration (name, sha256) values ('9999_x.sql', '')`,
  'delete from held_item_step',
  'delete from task_step',
  `update task_step set by = 'nobody'`,
  'set session_replication_role = replica',
  `set role ${OWNER_ROLE}`,
])('SEC-7: the role of a service may not: %s', async (sql) => {
  expect(await as(database.urls.of(SCHEMA), sql)).toBe(DENIED);
});

test.each(['delete from record', `update record set key = ''`, 'truncate record', 'alter table record disable trigger all', 'drop table record'])(
  'M-EV-05, SEC-7: the role of the event log may not: %s',
  async (sql) => {
    expect(await as(database.urls.eventLog, sql)).toBe(DENIED);
  },
);

test('its own work passes: rows, and jobs', async () => {
  const job = `select add_job('work', '{}'::json)`;
  const rows = `insert into inbox (consumer, event_id, topic, partition, "offset") values ('c', gen_random_uuid(), 't', 0, 0); delete from inbox`;
  for (const sql of [job, rows, 'select * from schema_migration', 'select * from jobs']) expect(await as(database.urls.of(SCHEMA), sql)).toBe('done');
});

test('SEC-7: a service’s role cannot connect to the databases of the server itself', async () => {
  for (const other of ['postgres', 'template1']) {
    const url = new URL(database.urls.of(SCHEMA));
    url.pathname = `/${other}`;
    expect(await as(url.toString(), 'select 1')).toBe(DENIED);
  }
});

test('SEC-7: an installation of before, whose role owns its tables, changes hands at the next migration and keeps its data', async () => {
  await admin.query(`insert into ${SCHEMA}.operator_action (action_id, command, parameters, performed_by) values (gen_random_uuid(), 'replay', '{}', 'olga')`);
  await admin.query(`alter schema ${SCHEMA} owner to ${SCHEMA}; grant all on schema ${SCHEMA} to ${SCHEMA}`);
  const { rows } = await admin.query<{ name: string }>(`select relname as name from pg_class where relnamespace = '${SCHEMA}'::regnamespace and relkind = 'r'`);
  for (const { name } of rows) await admin.query(`alter table ${SCHEMA}.${name} owner to ${SCHEMA}`);
  expect(await as(database.urls.of(SCHEMA), 'create table mine (x int); drop table mine')).toBe('done');

  const options = { database: new URL(database.adminUrl).pathname.slice(1), rolePassword: 'test-only', definitions: [jobsOnlyService(SCHEMA)] };
  await prepareDatabases({ adminUrl: database.adminUrl, ...options });
  expect(await as(database.urls.of(SCHEMA), 'alter table outbox disable trigger all')).toBe(DENIED);
  expect(await as(database.urls.of(SCHEMA), 'create table mine (x int)')).toBe(DENIED);
  const kept = await admin.query(`select performed_by from ${SCHEMA}.operator_action`);
  expect(kept.rows).toEqual([{ performed_by: 'olga' }]);
});
