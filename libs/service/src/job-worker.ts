import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { run, type Logger as WorkerLogger, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import { WorkerLease } from './worker-lease.js';

/** What a worker works on. */
export interface JobWorkerOptions {
  readonly pool: pg.Pool;
  /** For the connection that shows that the worker lives. */
  readonly databaseUrl: string;
  /** Schema with graphile-worker's tables. */
  readonly schema: string;
  readonly tasks: TaskList;
  readonly concurrency: number;
  readonly logger: WorkerLogger;
  /** Told of trouble that the worker lives through. */
  readonly onError: (error: Error) => void;
}

/** Jobs that a worker takes to itself in one go. */
const JOBS_AHEAD = 64;
const RESTART_AFTER_MS = 1_000;
/** A run that ends by itself stops its jobs after five seconds. */
const ENDING_MS = 6_000;

/** One run of graphile-worker, with the lease of its jobs. */
interface WorkerRun {
  readonly runner: Runner;
  readonly leases: readonly WorkerLease[];
  /** Resolves when nothing more will come of it. */
  readonly ended: Promise<unknown>;
}

/**
 * Runs jobs until it is stopped. graphile-worker ends its run when it cannot record what became of a job, e.g. while the database is away, and
 * expects its process to end too; here it begins anew, and the jobs that the old run still holds are given back when its lease has ended.
 */
export class JobWorker {
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  private constructor(
    private readonly options: JobWorkerOptions,
    private current: WorkerRun,
  ) {
    this.#running = this.#keepRunning();
  }

  /** Throws where the first run cannot begin. */
  static async start(options: JobWorkerOptions): Promise<JobWorker> {
    return new JobWorker(options, await begin(options));
  }

  /** Lets the jobs under way end. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #keepRunning(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#untilEnded();
      if (!signal.aborted) await this.#beginAnew();
    }
  }

  /** Waits for the end of the run, which it brings about itself when the worker is stopped. */
  async #untilEnded(): Promise<void> {
    const { runner, leases, ended } = this.current;
    const { signal } = this.#stopping;
    const stopped = new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
    await Promise.race([ended, stopped]);
    // A run that has ended by itself refuses to be stopped, or never says that it has been.
    void runner.stop().catch(() => undefined);
    await ended;
    await Promise.all(leases.map((lease) => lease.stop()));
  }

  async #beginAnew(): Promise<void> {
    const { signal } = this.#stopping;
    this.options.onError(new Error('the job worker has ended by itself and begins anew'));
    for (;;) {
      await delay(RESTART_AFTER_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        this.current = await begin(this.options);
        return;
      } catch (error) {
        this.options.onError(error as Error);
      }
    }
  }
}

async function begin({ pool, databaseUrl, schema, tasks, concurrency, logger, onError }: JobWorkerOptions): Promise<WorkerRun> {
  const leases: WorkerLease[] = [];
  const events = new EventEmitter() as WorkerEvents;
  // After this graphile-worker 0.18 (github.com/graphile/worker/issues/636) may count on for ever for the ends that it records, and then neither its run nor a stop of it ends.
  const failed = new Promise<void>((done) => events.once('pool:fatalError', () => done()));
  events.on('pool:create', ({ workerPool }) => leases.push(new WorkerLease({ databaseUrl, schema, workerId: workerPool.id, onError })));
  const runner = await run({
    events,
    pgPool: pool,
    schema,
    taskList: tasks,
    concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger,
    parsedCronItems: [],
    preset: { worker: { completeJobBatchDelay: 5, failJobBatchDelay: 5, localQueue: { size: JOBS_AHEAD } } },
  });
  const ended = runner.promise.catch(() => undefined);
  return { runner, leases, ended: Promise.race([ended, failed.then(() => delay(ENDING_MS))]) };
}
