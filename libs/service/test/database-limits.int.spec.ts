import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import type pg from 'pg';
import { createLogger } from '../src/logger.js';
import { Database } from '../src/database.js';
import { openPool } from '../src/pool.js';
import { prepareDatabases } from '../src/prepare-databases.js';
import { watched } from './watched-service.js';

// Goal: no statement of a service holds a connection for long, whoever holds a lock. Method: real roles on real PostgreSQL.
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase([watched as never]);
});
afterAll(() => database.drop());

async function limitsOf(pool: pg.Pool): Promise<{ lock: string; statement: string }> {
  type Row = { lock: string; statement: string };
  const { rows } = await pool.query<Row>(`select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement`);
  return rows[0]!;
}

async function limitsOfNewConnection(url: string): Promise<{ lock: string; statement: string }> {
  const pool = openPool({ connectionString: url, max: 1 }, () => undefined);
  try {
    return await limitsOf(pool);
  } finally {
    await pool.end();
  }
}

test('SEC-4: every role of a service, and that of the log, has a limit for locks and for statements', async () => {
  for (const url of [database.urls.of('watched'), database.urls.eventLog]) expect(await limitsOfNewConnection(url)).toEqual({ lock: '4s', statement: '30s' });
});

test('SEC-4: an operator’s connection has none', async () => {
  const options = { url: database.urls.of('watched'), schema: 'watched', poolSize: 2, logger: createLogger('test', 'silent') };
  const operators = await Database.open({ ...options, unlimited: true });
  const own = await Database.open(options);
  expect(await limitsOf(operators.pool)).toEqual({ lock: '0', statement: '0' });
  expect(await limitsOf(own.pool)).toEqual({ lock: '4s', statement: '30s' });
  await operators.close();
  await own.close();
});

test('SEC-4: an installation of before has them from its next start on, and migrations are exempt', async () => {
  const admin = openPool({ connectionString: database.adminUrl, max: 1 }, () => undefined);
  const name = new URL(database.adminUrl).pathname.slice(1);
  await admin.query(`alter role watched in database ${name} reset all`);
  // A limit that no migration would keep; the role's own connections of before are not asked for here.
  await admin.query(`alter role watched in database ${name} set statement_timeout = 1`);
  await admin.query('drop schema watched cascade');
  await prepareDatabases({
    adminUrl: database.adminUrl,
    database: name,
    rolePassword: new URL(database.urls.of('watched')).password,
    definitions: [watched as never],
  });
  expect(await limitsOfNewConnection(database.urls.of('watched'))).toEqual({ lock: '4s', statement: '30s' });
  await admin.end();
});
