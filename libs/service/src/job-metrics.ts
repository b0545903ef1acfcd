import type { Histogram } from 'prom-client';
import type { Database } from './database.js';
import type { MetricsRegistry } from './metrics.js';

const JOB_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** A job that has used up its tries stays in the table, for a person to look at. */
const QUEUE = `
select count(*) filter (where attempts < max_attempts and run_at <= now())::int as waiting,
  count(*) filter (where attempts >= max_attempts and locked_at is null)::int as dead,
  coalesce(extract(epoch from now() - min(run_at) filter (where attempts < max_attempts and run_at <= now())), 0)::float8 as "oldestSeconds"
from jobs`;

interface Queue {
  readonly waiting: number;
  readonly dead: number;
  readonly oldestSeconds: number;
}

/** Figures of a service's jobs; gauges are read when somebody looks. */
export class JobMetrics {
  readonly seconds: Histogram<'task' | 'outcome'>;
  #reading: Promise<Queue> | undefined;

  /** `tasks`: the service's jobs, whose figures are there before their first run. */
  constructor(metrics: MetricsRegistry, database: Database, tasks: readonly string[]) {
    this.seconds = metrics.histogram('millrace_job_seconds', 'Runs of a job, by outcome: done or failed.', ['task', 'outcome'], JOB_BUCKETS_S);
    for (const task of tasks) for (const outcome of ['done', 'failed']) this.seconds.zero({ task, outcome });
    // The gauges of one scrape are read at once, and share one look at the table.
    const read = (): Promise<Queue> =>
      (this.#reading ??= database
        .query<Queue>(QUEUE)
        .then(({ rows }) => rows[0]!)
        .finally(() => (this.#reading = undefined)));
    metrics.gauge('millrace_jobs_waiting', 'Jobs that are due and not done, those under way included.', async () => (await read()).waiting);
    metrics.gauge('millrace_jobs_oldest_age_seconds', 'How long the oldest due job has been due.', async () => (await read()).oldestSeconds);
    metrics.gauge('millrace_jobs_dead', 'Jobs that have used up their tries.', async () => (await read()).dead);
  }
}
