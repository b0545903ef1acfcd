import { setTimeout as delay } from 'node:timers/promises';
import { createTestDatabase, until, type TestDatabase } from '@millrace/testing';
import { Logger, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import { JobWorker } from '../src/job-worker.js';
import { openPool } from '../src/pool.js';
import { jobsOnlyService } from './jobs-only-service.js';

// Goal: a worker that could not record what became of a job works on, and that job is run again. Found by the chaos run, by a kill of PostgreSQL.
// Method: a real worker whose table is not there for a moment, just as its first job ends.
const SCHEMA = 'test_worker';
/** Longer than ends of jobs are gathered for. */
const APART_MS = 200;

let database: TestDatabase;
let pool: pg.Pool;
let admin: pg.Pool;
let worker: JobWorker | undefined;

beforeAll(async () => {
  database = await createTestDatabase([jobsOnlyService(SCHEMA)]);
  pool = openPool({ connectionString: database.urls.of(SCHEMA), max: 5 }, () => undefined);
  admin = openPool({ connectionString: database.adminUrl, max: 1 }, () => undefined);
}, 60_000);
afterAll(async () => {
  await worker?.stop();
  await pool.end();
  await admin.end();
  await database.drop();
});

test('a worker whose run ended by itself begins anew, and the job whose end it could not record is run again', async () => {
  const ran: string[] = [];
  const troubles: string[] = [];
  const slow = ['slow 1', 'slow 2', 'slow 3'];
  const away = Promise.withResolvers<void>();
  const tasks: TaskList = {
    work: async (payload) => {
      const { name } = payload as { name: string };
      ran.push(name);
      if (slow.includes(name)) await away.promise.then(() => delay(APART_MS * slow.indexOf(name)));
      if (name === 'first' && ran.filter((other) => other === name).length === 1) await admin.query(`alter table ${SCHEMA}._private_jobs rename to away`);
    },
  };
  const add = (name: string): Promise<unknown> => pool.query(`select id from add_job('work', json_build_object('name', $1::text))`, [name]);
  worker = await JobWorker.start({
    pool,
    databaseUrl: database.urls.of(SCHEMA),
    schema: SCHEMA,
    tasks,
    concurrency: 4,
    logger: new Logger(() => (level, message) => void (level === 'error' && troubles.push(message))),
    onError: ({ message }) => void troubles.push(message),
  });
  const troubled = (what: string) => until(async () => troubles.some((message) => message.includes(what)), what, 60_000);
  for (const name of slow) await add(name);
  await until(async () => ran.length === slow.length, 'jobs that are under way');
  await add('first');
  await troubled('Failed to complete jobs');
  await admin.query(`alter table ${SCHEMA}.away rename to _private_jobs`);
  // Jobs that end well after that leave graphile-worker's run waiting for ever for its own end.
  away.resolve();
  await troubled('begins anew');
  await add('second');
  await until(async () => ran.includes('second'), 'a job of the next run', 60_000);
  await until(async () => ran.filter((name) => name === 'first').length === 2, 'the first job again', 60_000);
  await until(async () => (await pool.query('select 1 from _private_jobs')).rowCount === 0, 'the end of all jobs', 60_000);
}, 300_000);
