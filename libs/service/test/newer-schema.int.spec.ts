import { ManualClock } from '@millrace/contracts';
import { createTestDatabase, until, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { buildService } from '../src/build-service.js';
import { loadConfig } from '../src/config.js';
import { createLogger } from '../src/logger.js';
import { NewerSchemaError } from '../src/newer-schema.js';
import { NoEventLog } from '../src/no-event-log.js';
import { startService } from '../src/start-service.js';
import { watched } from './watched-service.js';

// Goal: what a newer version has prepared, no service of before touches, whoever builds it (T62): nobody has tried what it would write there.
let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase([watched as never]);
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
}, 60_000);
afterAll(async () => {
  await admin.end();
  await database.drop();
});

function runtime() {
  const environment = { MILLRACE_WATCHED_DATABASE_URL: database.urls.of('watched'), MILLRACE_WATCHED_PORT: '0', MILLRACE_INTERNAL_TOKEN: 't'.repeat(32) };
  const clock = new ManualClock(new Date('2026-03-02T01:00:00Z'));
  return { config: loadConfig(watched.config, environment), clock, log: new NoEventLog(), logger: createLogger('watched', 'silent') };
}
const sessions = async (): Promise<number> => {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where usename = 'watched' and datname = current_database()`,
  );
  return rows[0]!.count;
};

test('T62: a service is neither built nor started on a schema with a migration that it does not know, and leaves no connection', async () => {
  await admin.query(`insert into watched.schema_migration (name, sha256) values ('9998_of_tomorrow.sql', 'x'), ('9999_of_the_day_after.sql', 'x')`);
  const refusal =
    /^the schema watched has the migration 9998_of_tomorrow\.sql and 1 more, which this version does not know: a newer version has prepared it; start that version/;
  for (const start of [() => buildService(watched, runtime()), () => startService(watched, runtime())]) {
    const refused = await start().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(NewerSchemaError);
    expect((refused as Error).message).toMatch(refusal);
  }
  // PostgreSQL forgets a session a moment after its client has gone.
  await until(async () => (await sessions()) === 0, 'no session');
});

test('T62: one whose migrations are all known is built', async () => {
  await admin.query(`delete from watched.schema_migration where name like '999%'`);
  const built = await buildService(watched, runtime());
  await built.close();
});
