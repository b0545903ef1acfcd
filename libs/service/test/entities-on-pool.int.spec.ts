import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Database } from '../src/database.js';
import { createLogger } from '../src/logger.js';

@Entity('thing')
class Thing {
  @PrimaryColumn({ type: 'int' }) id!: number;
  @Column({ type: 'text' }) name!: string;
}

const POOL_SIZE = 2;
let store: TestDatabase;
let admin: pg.Client;
let database: Database;

beforeAll(async () => {
  store = await createTestDatabase();
  admin = new pg.Client({ connectionString: store.adminUrl, application_name: 'looks on' });
  await admin.connect();
  await admin.query(`create schema things; create table things.thing (id int primary key, name text not null); insert into things.thing values (1, 'one')`);
  database = await Database.open({ url: store.adminUrl, schema: 'things', poolSize: POOL_SIZE, logger: createLogger('test', 'silent'), entities: [Thing] });
});
afterAll(async () => {
  await database?.close();
  await admin?.end();
  await store?.drop();
});

const sessions = async (): Promise<{ name: string; count: number }[]> =>
  (
    await admin.query<{ name: string; count: number }>(
      `select application_name as name, count(*)::int as count from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() group by 1 order by 1`,
    )
  ).rows;

test('repositories and statements by hand share the connections of one pool, under any load', async () => {
  const reads = Array.from({ length: 20 }, (_, at) =>
    at % 2 === 0 ? database.repository(Thing).findOneBy({ id: 1 }) : database.query('select pg_sleep(0.01), name from things.thing'),
  );
  const [seen, answers] = await Promise.all([sessions(), Promise.all(reads)]);
  expect(answers[0]).toMatchObject({ id: 1, name: 'one' });
  // While the pool fills it may be fewer; it is never more, and nobody else's.
  expect(seen.map(({ name }) => name)).toEqual(['things']);
  expect(seen[0]!.count).toBeLessThanOrEqual(POOL_SIZE);
  expect(await sessions()).toEqual([{ name: 'things', count: POOL_SIZE }]);
  expect(database.pool.totalCount).toBe(POOL_SIZE);
});

test('a repository that waits for a connection waits in the line of the pool', async () => {
  const held = await Promise.all([database.pool.connect(), database.pool.connect()]);
  let answered = false;
  const read = database
    .repository(Thing)
    .findOneBy({ id: 1 })
    .finally(() => (answered = true));
  expect(database.pool.waitingCount).toBe(1);
  await new Promise((done) => setImmediate(done));
  expect(answered).toBe(false);
  for (const client of held) client.release();
  expect(await read).toMatchObject({ name: 'one' });
});
