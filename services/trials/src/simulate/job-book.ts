import { ACTIVITY_FIELD } from '@millrace/messaging';
import type pg from 'pg';

/** A job that may be run now. */
export interface WaitingJob {
  readonly service: string;
  readonly id: string;
  readonly task: string;
  readonly payload: Record<string, unknown>;
  /** Counts from 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
}

/** A job as graphile-worker keeps it. */
interface JobRow {
  readonly id: string;
  readonly task: string;
  readonly payload: Record<string, unknown>;
  readonly attempts: number;
  readonly max_attempts: number;
}

/** Other workers take a job whose worker died after so long (libs/service/src/worker-lease.ts). */
const ABANDONED_AFTER_MS = 10_000;
/** Its back-off: e to the number of tries, at most 10, in seconds. */
const MOST_BACKOFF_EXPONENT = 10;

/**
 * Takes, completes and fails jobs in graphile-worker's own tables by its own rules, but one at a time and by the simulated clock: the worker itself
 * takes them by the machine's clock and in parallel, which no seed could repeat.
 */
export class JobBook {
  /** When a job that failed or was abandoned may be taken again, by service and id. */
  readonly #notBefore = new Map<string, number>();

  constructor(private readonly admin: pg.Pool) {}

  /** Jobs that may run now, in order of id. */
  async waiting(service: string, schema: string, now: Date): Promise<WaitingJob[]> {
    const { rows } = await this.admin.query<JobRow>(
      `select j.id::text, t.identifier as task, j.payload, j.attempts, j.max_attempts from ${schema}._private_jobs j
       join ${schema}._private_tasks t on t.id = j.task_id where j.attempts < j.max_attempts order by j.id`,
    );
    return rows
      .filter(({ id }) => (this.#notBefore.get(`${service} ${id}`) ?? 0) <= now.getTime())
      .map(({ id, task, payload: { [ACTIVITY_FIELD]: _, ...payload }, attempts, max_attempts: maxAttempts }) => {
        return { service, id, task, payload, attempt: attempts + 1, maxAttempts };
      });
  }

  /** From here on a job of the same key is a new one, as this one has started. A crash before {@link complete} leaves it abandoned. */
  async take({ service, id }: WaitingJob, schema: string, now: Date): Promise<void> {
    const sql = `update ${schema}._private_jobs set attempts = attempts + 1, locked_at = now(), locked_by = 'simulation' where id = $1`;
    await this.admin.query(sql, [id]);
    this.#notBefore.set(`${service} ${id}`, now.getTime() + ABANDONED_AFTER_MS);
  }

  async complete({ id }: WaitingJob, schema: string): Promise<void> {
    await this.admin.query(`delete from ${schema}._private_jobs where id = $1`, [id]);
  }

  async fail({ service, id, attempt }: WaitingJob, schema: string, now: Date): Promise<void> {
    await this.admin.query(`update ${schema}._private_jobs set locked_at = null, locked_by = null where id = $1`, [id]);
    this.#notBefore.set(`${service} ${id}`, now.getTime() + Math.exp(Math.min(attempt, MOST_BACKOFF_EXPONENT)) * 1_000);
  }
}
