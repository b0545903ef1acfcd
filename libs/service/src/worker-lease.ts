import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** What a lease is for. */
export interface WorkerLeaseOptions {
  readonly databaseUrl: string;
  /** Schema with graphile-worker's tables. */
  readonly schema: string;
  /** Name under which this process locks its jobs. */
  readonly workerId: string;
  /** Told of trouble that the lease lives through, and of jobs that were given back. */
  readonly onError: (error: Error) => void;
  /** Wait between two looks for jobs of dead workers. */
  readonly intervalMs?: number;
  /** A job locked for less is left alone, as its worker may be about to take its lease, or to renew it after a lost connection. */
  readonly graceMs?: number;
}

const DEFAULTS = { intervalMs: 2_000, graceMs: 5_000 };
const RECONNECT_MS = 500;
/** First key of the advisory locks; the second is the worker's id. */
const LOCK_CLASS = 'job worker';

const TAKE = 'select pg_advisory_lock(hashtext($1), hashtext($2))';

function giveBackSql(schema: string): string {
  const name = pg.escapeIdentifier(schema);
  return `
with dead as (
  select distinct j.locked_by from ${name}._private_jobs j
  where j.locked_by is not null and j.locked_at < clock_timestamp() - $2 * interval '1 millisecond' and not exists (
    select 1 from pg_locks l
    where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.database = (select oid from pg_database where datname = current_database())
      and l.classid::bigint = (hashtext($1)::bigint & 4294967295) and l.objid::bigint = (hashtext(j.locked_by)::bigint & 4294967295))
)
select count(*)::int as workers, ${name}.force_unlock_workers(array_agg(locked_by)) from dead having count(*) > 0`;
}

/**
 * Shows the other instances that the worker of this process lives, and gives the jobs of dead ones back. graphile-worker leaves a job whose process
 * was killed locked for four hours; an advisory lock ends with its session, so here it is seconds. A job given back too early runs twice,
 * which every job must bear anyway (M-EV-02).
 */
export class WorkerLease {
  readonly #options: WorkerLeaseOptions & typeof DEFAULTS;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: WorkerLeaseOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#running = this.#run();
  }

  /** Gives the lease back; to be called when the worker has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#hold();
      } catch (error) {
        this.#options.onError(error as Error);
        await this.#sleep(RECONNECT_MS);
      }
    }
  }

  async #hold(): Promise<void> {
    const { databaseUrl, schema, workerId, intervalMs, graceMs, onError } = this.#options;
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'millrace-worker-lease', keepAlive: true });
    // A lost connection shows in the next query.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(TAKE, [LOCK_CLASS, workerId]);
      while (!this.#stopping.signal.aborted) {
        const { rows } = await client.query<{ workers: number }>(giveBackSql(schema), [LOCK_CLASS, graceMs]);
        if (rows[0]) onError(new Error(`the jobs of ${rows[0].workers} dead workers are given back`));
        await this.#sleep(intervalMs);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #sleep(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}
