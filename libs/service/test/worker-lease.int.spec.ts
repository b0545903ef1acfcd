import { createTestDatabase, until, type TestDatabase } from '@millrace/testing';
import type pg from 'pg';
import { openPool } from '../src/pool.js';
import { WorkerLease } from '../src/worker-lease.js';
import { jobsOnlyService } from './jobs-only-service.js';

// Goal: a job whose process was killed is taken up within seconds, and nobody takes one from a worker that lives.
const SCHEMA = 'test_lease';

let database: TestDatabase;
let pool: pg.Pool;
const leases: WorkerLease[] = [];

beforeAll(async () => {
  database = await createTestDatabase([jobsOnlyService(SCHEMA)]);
  pool = openPool({ connectionString: database.urls.of(SCHEMA), max: 3 }, () => undefined);
}, 60_000);
afterEach(async () => {
  await Promise.all(leases.splice(0).map((lease) => lease.stop()));
  await pool.query('delete from _private_jobs');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

function lease(workerId: string): WorkerLease {
  const made = new WorkerLease({ databaseUrl: database.urls.of(SCHEMA), schema: SCHEMA, workerId, onError: () => undefined, intervalMs: 50, graceMs: 300 });
  leases.push(made);
  return made;
}

async function lockedJob(by: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(`select id from add_job('work', '{}'::json)`);
  await pool.query('update _private_jobs set locked_at = now(), locked_by = $2 where id = $1', [rows[0]!.id, by]);
  return rows[0]!.id;
}

async function lockOf(id: string): Promise<string | null> {
  return (await pool.query<{ locked_by: string | null }>('select locked_by from _private_jobs where id = $1', [id])).rows[0]!.locked_by;
}

const isFree = async (id: string): Promise<boolean> => (await lockOf(id)) === null;
/** Process of the server that holds a worker's lease. */
const holderOf = async (workerId: string): Promise<number | undefined> =>
  (
    await pool.query<{ pid: number }>(`select pid from pg_locks where locktype = 'advisory' and objid::bigint = (hashtext($1)::bigint & 4294967295)`, [
      workerId,
    ])
  ).rows[0]?.pid;

test('the jobs of a worker that nobody stands for are given back, after a moment; those of a living one stay', async () => {
  lease('pool-living');
  lease('pool-other');
  await until(() => holderOf('pool-living'), 'the lease');
  const [dead, living] = [await lockedJob('pool-dead'), await lockedJob('pool-living')];
  expect(await isFree(dead)).toBe(false);
  await until(() => isFree(dead), 'the job of the dead worker');
  expect(await lockOf(living)).toBe('pool-living');
});

test('when a worker dies, another one gives its jobs back; when only its connection was lost, it keeps them', async () => {
  const mine = lease('pool-mine');
  lease('pool-other');
  const before = await until(() => holderOf('pool-mine'), 'the lease');
  const admin = openPool({ connectionString: database.adminUrl, max: 1 }, () => undefined);
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'millrace-worker-lease' and datname = current_database()`);
  await admin.end();
  const heldAgain = async (): Promise<boolean> => ![undefined, before].includes(await holderOf('pool-mine'));
  await until(heldAgain, 'the lease again');
  const job = await lockedJob('pool-mine');
  await new Promise((done) => setTimeout(done, 600));
  expect(await lockOf(job)).toBe('pool-mine');
  await mine.stop();
  await until(() => isFree(job), 'the job of the worker that has gone');
});
