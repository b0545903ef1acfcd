import type { Clock, DomainEvent } from '@millrace/contracts';
import type { Tracer } from '@opentelemetry/api';
import pg from 'pg';
import { causeOf, currentActivity } from './activity.js';
import { encodeEvent, type EncodedEvent } from './envelope.js';
import type { EventTransaction, JobOptions, TransactionContext } from './event-transaction.js';
import { prepared } from './prepared-statement.js';
import { applicationTraceparent, nextTraceparent } from './trace-context.js';

/** Field of a job's payload that carries the activity it was added in. */
export const ACTIVITY_FIELD = 'activity';

interface Job extends JobOptions {
  readonly task: string;
  readonly payload: Record<string, unknown>;
}

/** What every transaction of a service has in common. */
export interface UnitOfWorkSettings {
  /** The service's name. */
  readonly source: string;
  readonly installationUrl: string | undefined;
  readonly clock: Clock;
  /** graphile-worker's schema: the service's own. */
  readonly jobsSchema: string | undefined;
  /** Records spans; absent where nobody collects them. */
  readonly tracer: Tracer | undefined;
}

const INSERT_EVENTS = `
insert into outbox (id, aggregatetype, aggregateid, type, topic, headers, payload)
select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::text[])`;

function addJobsSql(schema: string, parameter: string): string {
  const name = pg.escapeIdentifier(schema);
  return `select count(*) from ${name}.add_jobs(array(
    select row(j.task, j.payload, j.queue_name, j.run_at, j.max_attempts, j.job_key, j.priority, null)::${name}.job_spec
    from json_to_recordset(${parameter}::json) as j(task text, payload json, queue_name text, run_at timestamptz, max_attempts smallint, job_key text, priority smallint)))`;
}

/** One database transaction in the making: what several events' handlers write, and the events and jobs they add. */
export class UnitOfWork {
  #events: EncodedEvent[] = [];
  #jobs: Job[] = [];
  #notes: (() => void)[] = [];

  constructor(
    readonly client: pg.PoolClient,
    private readonly settings: UnitOfWorkSettings,
  ) {}

  /** The transaction as the handler of one cause sees it. */
  as(context: TransactionContext): EventTransaction {
    let known: string | undefined;
    // What a timer takes up has no cause with a trace; it goes on in that of the application it is about.
    const traceparent = (about: object): string =>
      (known ??= this.#traceparent(context)) ?? nextTraceparent(applicationTraceparent((about as { applicationId?: unknown }).applicationId));
    return {
      context,
      query: (sql, values = []) => this.client.query(prepared(sql, values)),
      emit: (event: DomainEvent<unknown>) => {
        const { source, installationUrl, clock } = this.settings;
        this.#events.push(encodeEvent(event, { source, installationUrl, time: clock.now(), context, traceparent: traceparent(event) }));
      },
      addJob: (task, payload, options) => {
        if (this.settings.jobsSchema === undefined) throw new Error(`job ${task}: this service has no jobs schema`);
        const { applicationId, loanId } = currentActivity() ?? {};
        this.#jobs.push({ task, payload: { ...payload, [ACTIVITY_FIELD]: { traceparent: traceparent(payload), applicationId, loanId } }, ...options });
      },
      afterCommit: (note) => this.afterCommit(note),
    };
  }

  /** As {@link EventTransaction.afterCommit}. */
  afterCommit(note: () => void): void {
    this.#notes.push(note);
  }

  /** Makes the notes, once the transaction is durable. */
  committed(): void {
    for (const note of this.#notes) note();
  }

  /** A recorded span is itself the parent of what comes of it; otherwise the hop gets an id of its own. */
  #traceparent(context: TransactionContext): string | undefined {
    const cause = causeOf(context.traceparent);
    return cause === undefined || this.settings.tracer ? cause : nextTraceparent(cause);
  }

  /** Drops the events, jobs and notes of a handler that failed, where the transaction goes on from a savepoint. */
  forget(): void {
    this.#events = [];
    this.#jobs = [];
    this.#notes = [];
  }

  /** Writes the buffered events and jobs in one statement; undefined where there are none. */
  flush(): Promise<unknown> | undefined {
    const events = this.#events;
    const jobs = this.#jobs;
    this.#events = [];
    this.#jobs = [];
    if (events.length === 0 && jobs.length === 0) return undefined;
    if (jobs.length === 0) return this.client.query(prepared(INSERT_EVENTS, eventColumns(events)));
    const schema = this.settings.jobsSchema!;
    if (events.length === 0) return this.client.query(prepared(addJobsSql(schema, '$1'), [jobRows(jobs)]));
    return this.client.query(prepared(`with events as (${INSERT_EVENTS}) ${addJobsSql(schema, '$8')}`, [...eventColumns(events), jobRows(jobs)]));
  }
}

function eventColumns(events: readonly EncodedEvent[]): unknown[] {
  return [
    events.map((event) => event.id),
    events.map((event) => event.aggregateType),
    events.map((event) => event.key),
    events.map((event) => event.type),
    events.map((event) => event.topic),
    events.map((event) => JSON.stringify(event.headers)),
    events.map((event) => event.payload),
  ];
}

function jobRows(jobs: readonly Job[]): string {
  // One statement cannot replace the same job twice, and the last one said is the one meant.
  const latest = new Map(jobs.map((job, index) => [job.jobKey ?? index, job]));
  return JSON.stringify(
    [...latest.values()].map((job) => ({
      task: job.task,
      payload: job.payload,
      queue_name: job.queueName,
      run_at: job.runAt,
      max_attempts: job.maxAttempts,
      job_key: job.jobKey,
      priority: job.priority,
    })),
  );
}
