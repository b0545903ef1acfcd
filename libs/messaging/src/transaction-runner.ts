import type { Clock, DomainEvent } from '@millrace/contracts';
import pg from 'pg';
import { encodeEvent } from './envelope.js';
import type { EventTransaction, JobOptions, TransactionContext } from './event-transaction.js';
import type { LogRecord } from './event-log.js';

/** Settings of a runner. */
export interface TransactionRunnerOptions {
  readonly pool: pg.Pool;
  /** Service name; the source of its events. */
  readonly source: string;
  readonly clock: Clock;
  /** Schema that holds graphile-worker's tables: the service's own. */
  readonly jobsSchema: string;
}

interface JobSpec {
  readonly identifier: string;
  readonly payload: Record<string, unknown>;
  readonly queue_name?: string | undefined;
  readonly run_at?: string | undefined;
  readonly max_attempts?: number | undefined;
  readonly job_key?: string | undefined;
}

const MAX_CONFLICT_RETRIES = 5;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

const INSERT_OUTBOX = `insert into outbox (id, aggregatetype, aggregateid, type, payload, headers)
  select id, topic, key, type, payload, headers from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::jsonb[])
    with ordinality as o(id, topic, key, type, payload, headers, position) order by position`;

/** One database transaction and what is to be written before it commits. */
export class UnitOfWork {
  readonly #client: pg.PoolClient;
  readonly #options: TransactionRunnerOptions;
  readonly #events: (LogRecord & { id: string })[] = [];
  readonly #jobs: JobSpec[] = [];

  constructor(client: pg.PoolClient, options: TransactionRunnerOptions) {
    this.#client = client;
    this.#options = options;
  }

  query<R extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<pg.QueryResult<R>> {
    return this.#client.query<R>(sql, values as unknown[]);
  }

  /** The transaction as one cause sees it: a batch of events shares a transaction, but each event causes its own changes. */
  scope(context: TransactionContext): EventTransaction {
    return {
      context,
      query: (sql, values) => this.query(sql, values),
      emit: (event: DomainEvent<unknown>) => void this.#events.push(encodeEvent(event, this.#options.source, context, this.#options.clock)),
      addJob: (task: string, payload: Record<string, unknown>, options: JobOptions = {}) =>
        void this.#jobs.push({
          identifier: task,
          payload,
          queue_name: options.queueName,
          run_at: options.runAt?.toISOString(),
          max_attempts: options.maxAttempts,
          job_key: options.jobKey,
        }),
    };
  }

  /** Writes buffered events and jobs, in one statement. */
  async flush(): Promise<void> {
    const events = this.#events.splice(0);
    const jobs = this.#jobs.splice(0);
    if (events.length === 0 && jobs.length === 0) return;
    const schema = pg.escapeIdentifier(this.#options.jobsSchema);
    const addJobs = (parameter: string): string => `select count(*) from ${schema}.add_jobs(array(select json_populate_recordset(null::${schema}.job_spec, ${parameter}::json)))`;
    const columns = [events.map((e) => e.id), events.map((e) => e.topic), events.map((e) => e.key), events.map((e) => e.headers['ce_type']), events.map((e) => e.value), events.map((e) => JSON.stringify(e.headers))];
    if (jobs.length === 0) await this.query(INSERT_OUTBOX, columns);
    else if (events.length === 0) await this.query(addJobs('$1'), [JSON.stringify(jobs)]);
    else await this.query(`with written as (${INSERT_OUTBOX}) ${addJobs('$7')}`, [...columns, JSON.stringify(jobs)]);
  }
}

/** Runs work in one PostgreSQL transaction together with its events and jobs (design §4.1). */
export class TransactionRunner {
  readonly #options: TransactionRunnerOptions;

  constructor(options: TransactionRunnerOptions) {
    this.#options = options;
  }

  /** Runs work for one cause. Conflicts between transactions are tried again a bounded number of times. */
  run<T>(context: TransactionContext, work: (tx: EventTransaction) => Promise<T>): Promise<T> {
    return this.transaction((unit) => work(unit.scope(context)));
  }

  /** Runs work that serves several causes, such as a batch of events. */
  async transaction<T>(work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(work);
      } catch (error) {
        const { code } = error as { code?: string };
        if ((code !== SERIALIZATION_FAILURE && code !== DEADLOCK_DETECTED) || attempt >= MAX_CONFLICT_RETRIES) throw error;
      }
    }
  }

  async #once<T>(work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    const client = await this.#options.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const unit = new UnitOfWork(client, this.#options);
      const result = await work(unit);
      await unit.flush();
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}
