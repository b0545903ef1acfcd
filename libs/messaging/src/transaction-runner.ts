import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@millrace/contracts';
import { SpanKind, type Tracer } from '@opentelemetry/api';
import type pg from 'pg';
import { causeOf, currentActivity, runActivity } from './activity.js';
import { isConflict } from './database-errors.js';
import type { EventTransaction, TransactionContext } from './event-transaction.js';
import { OneAtATime } from './one-at-a-time.js';
import { UnitOfWork } from './unit-of-work.js';

const MAX_ATTEMPTS = 5;
const RETRY_BASE_MS = 10;

/** Settings of a service's transactions. */
export interface TransactionRunnerOptions {
  /** Connections with the service's role; its schema is the search_path. */
  readonly pool: pg.Pool;
  /** The service's name; the last part of its CloudEvents source. */
  readonly source: string;
  /** What comes before it, and before the addresses of schemas; the default of the setting where it is not given. */
  readonly installationUrl?: string;
  readonly clock: Clock;
  /** Schema with graphile-worker's tables; without it `addJob` is refused. */
  readonly jobsSchema?: string;
  /** Records a span for each transaction that belongs to a trace; absent where nobody collects them. */
  readonly tracer?: Tracer | undefined;
}

/** Runs state changes, outbox rows and jobs in one transaction (M-EV-01). */
export class TransactionRunner {
  readonly pool: pg.Pool;
  readonly #settings;
  readonly #lines = new OneAtATime();

  constructor(options: TransactionRunnerOptions) {
    this.pool = options.pool;
    const { source, installationUrl, clock, jobsSchema, tracer } = options;
    this.#settings = { source, installationUrl, clock, jobsSchema, tracer };
  }

  /** Runs `work` and commits with what it emitted. `work` may run again after a deadlock or serialization failure, so it must only touch the transaction. */
  run<T>(context: TransactionContext, work: (tx: EventTransaction) => Promise<T>): Promise<T> {
    const { tracer } = this.#settings;
    const traceparent = tracer && causeOf(context.traceparent);
    const runUnit = (): Promise<T> => this.runUnit((unit) => work(unit.as(context)));
    // A timer that found nothing to do is no part of any trace.
    return traceparent === undefined
      ? runUnit()
      : runActivity(tracer, { ...currentActivity(), name: 'transaction', kind: SpanKind.INTERNAL, traceparent }, runUnit);
  }

  /**
   * Same, for a caller's write to the application, loan or firm that `key` names: one after the other in this process, so that they hold one connection
   * together, however many come at once. `work` locks that row before it does anything else. Throws {@link TooManyAtOnceError}.
   */
  runInTurn<T>(key: string, context: TransactionContext, work: (tx: EventTransaction) => Promise<T>): Promise<T> {
    return this.#lines.run(key, () => this.run(context, work));
  }

  /** Same, for work with several causes, as the consumer's batches have. */
  async runUnit<T>(work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(work);
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isConflict(error)) throw error;
        await delay(RETRY_BASE_MS * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  async #attempt<T>(work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    // A broken connection is reported by the query that it breaks; without a listener it would end the process.
    const ignore = (): void => undefined;
    client.on('error', ignore);
    let broken: Error | undefined;
    try {
      // Not waited for: the first statement goes with it, and fails where it fails.
      const begun = client.query('begin');
      begun.catch(ignore);
      const unit = new UnitOfWork(client, this.#settings);
      const result = await work(unit);
      await begun;
      const [, { command }] = await Promise.all([unit.flush(), client.query('commit')]);
      // PostgreSQL answers a commit of a failed transaction with ROLLBACK and no error.
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back: an error inside it was swallowed');
      unit.committed();
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }
}
