import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { openPool } from '../src/pool.js';
import { SpaceProbe } from '../src/space-probe.js';
import { watched } from './watched-service.js';

// Goal: the probe writes as much as it says, with the rights of a service. Method: a real server that refuses temporary files above a limit.
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase([watched as never]);
});
afterAll(() => database.drop());

async function limitFiles(mb: number): Promise<void> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const role = new URL(database.urls.of('watched')).username;
  await admin.query(`alter role ${pg.escapeIdentifier(role)} set temp_file_limit = '${mb}MB'`);
  await admin.end();
}

test.each([
  [3, '53400'],
  [16, 'stored'],
])('T36: a probe of 4 MB with %i MB for files: %s, and nothing of it stays', async (limitMb, expected) => {
  await limitFiles(limitMb);
  const pool = openPool({ connectionString: database.urls.of('watched'), max: 1 }, () => undefined);
  const outcome = new Promise<string>((done) => {
    const query = (sql: string): Promise<unknown> =>
      pool.query(sql).then(
        () => done('stored'),
        (error: unknown) => done((error as { code: string }).code),
      );
    void new SpaceProbe(query, 4).check();
  });
  expect(await outcome).toBe(expected);
  const { rows } = await pool.query<{ work_mem: string }>(`select current_setting('work_mem') as work_mem`);
  expect(rows[0]!.work_mem).not.toBe('64kB');
  await pool.end();
});
