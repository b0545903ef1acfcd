import { setTimeout as delay } from 'node:timers/promises';
import { currentEventType, isRestrictedTopic } from '@millrace/contracts';
import { SpanKind, type Span, type Tracer } from '@opentelemetry/api';
import pg from 'pg';
import { APPLICATION_ATTRIBUTE } from './activity.js';
import { TYPE_HEADER } from './envelope.js';
import type { EventLog } from './event-log.js';
import { prepared } from './prepared-statement.js';
import { endSpan, startSpan } from './spans.js';
import { NO_TELEMETRY, type MessagingTelemetry } from './telemetry.js';

/** Settings of a service's relay. */
export interface RelayOptions {
  /** Connections with the service's role; its schema is the search_path. */
  readonly pool: pg.Pool;
  readonly log: EventLog;
  /** Told of trouble that the relay lives through. */
  readonly onError: (error: Error) => void;
  readonly batchRecords?: number;
  /** Slow poll that finds what a lost notification would have told. */
  readonly pollIntervalMs?: number;
  /** How often an instance that waits asks for the lock. */
  readonly takeoverIntervalMs?: number;
  /** First wait after a failure; doubles up to {@link maxBackoffMs}. */
  readonly backoffMs?: number;
  readonly maxBackoffMs?: number;
  /** Published rows are deleted after this many days. */
  readonly keepDays?: number;
  readonly telemetry?: MessagingTelemetry;
}

const DEFAULTS = {
  batchRecords: 500,
  pollIntervalMs: 2_000,
  takeoverIntervalMs: 1_000,
  backoffMs: 100,
  maxBackoffMs: 10_000,
  keepDays: 7,
  telemetry: NO_TELEMETRY,
};
const CLEANUP_INTERVAL_MS = 3_600_000;
const CLEANUP_BATCH = 5_000;

/** Rows marked as published and the next ones, in one round trip; the snapshot still shows the marked ones, so they are left out by number. */
const MARK_AND_READ = `
with marked as (update outbox set published_at = now() where seq = any($1::bigint[]))
select seq, topic, aggregateid as key, headers, payload from outbox
where published_at is null and seq <> all($1::bigint[]) order by seq limit $2`;

interface OutboxRow {
  readonly seq: string;
  readonly topic: string;
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly payload: string;
}

/** The event's way from the outbox into the log, below the change that wrote it; none for a restricted topic, as traces are read by people who may not know of it. */
function publishSpan(tracer: Tracer, { topic, headers }: OutboxRow): Span | undefined {
  if (isRestrictedTopic(topic)) return undefined;
  const attributes = {
    'messaging.destination.name': topic,
    'messaging.message.id': headers['ce_id'] ?? '',
    [APPLICATION_ATTRIBUTE]: headers['ce_correlationid'] ?? '',
  };
  return startSpan(tracer, { name: `publish ${headers[TYPE_HEADER] ?? ''}`, kind: SpanKind.PRODUCER, traceparent: headers['traceparent'], attributes });
}

/** Address and identity of a pool's connections, for one that is not shared. */
function poolAddress({ options }: pg.Pool): pg.ClientConfig {
  const { connectionString, host, port, user, database } = options;
  return connectionString === undefined ? ({ host, port, user, database, password: options.password } as pg.ClientConfig) : { connectionString };
}

/**
 * Sends a service's outbox to the log, in order. One instance is active, by an advisory lock of the session that also reads and marks,
 * so an instance that lost its lock can mark nothing. It stops at the first failure and never gives up on a row (M-EV-03).
 */
export class Relay {
  readonly #options: RelayOptions & typeof DEFAULTS;
  readonly #stopping = new AbortController();
  #wake: AbortController = new AbortController();
  #running: Promise<void> | undefined;
  #trouble: Error | undefined;

  constructor(options: RelayOptions) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Why it cannot send now: undefined while it sends, or waits for another instance that does. */
  get trouble(): Error | undefined {
    if (this.#running === undefined || this.#stopping.signal.aborted) return new Error('the relay does not run');
    return this.#trouble;
  }

  /** Begins in the background; another active instance only makes it wait. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Sends what is there, then gives the lock back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Age of the oldest row that is not sent yet, in milliseconds of the server's time; 0 where there is none. */
  async oldestUnsentAgeMs(): Promise<number> {
    const { rows } = await this.#options.pool.query<{ age: number }>(
      `select coalesce((select extract(epoch from clock_timestamp() - created_at) * 1000 from outbox where published_at is null order by seq limit 1), 0)::float8 as age`,
    );
    return Math.max(0, rows[0]!.age);
  }

  /** Deletes rows published more than `keepDays` ago, in batches from the oldest on; answers how many. */
  async cleanUp(): Promise<number> {
    let deleted = 0;
    for (;;) {
      const { rowCount } = await this.#options.pool.query(
        `with head as materialized (select seq, published_at from outbox order by seq limit $2)
         delete from outbox o using head where o.seq = head.seq and head.published_at < now() - $1 * interval '1 day'`,
        [this.#options.keepDays, CLEANUP_BATCH],
      );
      deleted += rowCount ?? 0;
      if ((rowCount ?? 0) < CLEANUP_BATCH || this.#stopping.signal.aborted) return deleted;
    }
  }

  async #run(): Promise<void> {
    let backoffMs = this.#options.backoffMs;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#lead(() => (backoffMs = this.#options.backoffMs));
      } catch (error) {
        this.#trouble = error as Error;
        this.#options.onError(this.#trouble);
        await this.#sleep(backoffMs);
        backoffMs = Math.min(backoffMs * 2, this.#options.maxBackoffMs);
      }
    }
  }

  /** Takes the lock on a connection of its own and sends until it is stopped or something fails. */
  async #lead(onProgress: () => void): Promise<void> {
    const client = new pg.Client({ ...poolAddress(this.#options.pool), application_name: 'millrace-relay', keepAlive: true });
    // A lost connection shows in the next query, which the wake brings at once.
    client.on('error', () => this.#wake.abort());
    client.on('notification', () => this.#wake.abort());
    try {
      await client.connect();
      if (!(await this.#lock(client))) return;
      const { rows } = await client.query<{ schema: string }>('select current_schema() as schema');
      await client.query(`listen ${pg.escapeIdentifier(`outbox:${rows[0]!.schema}`)}`);
      await this.#sendUntilStopped(client, onProgress);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Waits for the lock; also a relay that is stopped asks once more, so that it sends what is there. */
  async #lock(client: pg.Client): Promise<boolean> {
    for (;;) {
      const { rows } = await client.query<{ locked: boolean }>(`select pg_try_advisory_lock(hashtext('outbox relay'), hashtext(current_schema())) as locked`);
      // Whoever has the lock is in trouble until it has sent; a new try alone is no better.
      if (rows[0]!.locked) return true;
      this.#trouble = undefined;
      if (this.#stopping.signal.aborted) return false;
      await this.#sleep(this.#options.takeoverIntervalMs);
    }
  }

  async #sendUntilStopped(client: pg.Client, onProgress: () => void): Promise<void> {
    let cleanUpAt = performance.now() + CLEANUP_INTERVAL_MS;
    for (;;) {
      this.#wake = new AbortController();
      const last = this.#stopping.signal.aborted;
      await this.#drain(client);
      this.#trouble = undefined;
      onProgress();
      if (last) return;
      if (performance.now() > cleanUpAt) {
        cleanUpAt = performance.now() + CLEANUP_INTERVAL_MS;
        await this.cleanUp();
      }
      await this.#sleep(this.#options.pollIntervalMs, this.#wake.signal);
    }
  }

  async #drain(client: pg.Client): Promise<void> {
    let sent: string[] = [];
    do {
      const { rows } = await client.query<OutboxRow>(prepared(MARK_AND_READ, [sent, this.#options.batchRecords]));
      if (rows.length === 0) return;
      await this.#send(rows);
      sent = rows.map((row) => row.seq);
    } while (sent.length > 0);
  }

  async #send(rows: readonly OutboxRow[]): Promise<void> {
    const { log, telemetry } = this.#options;
    const { tracer } = telemetry;
    const spans = tracer ? rows.map((row) => publishSpan(tracer, row)) : [];
    try {
      await log.append(rows.map(({ topic, key, headers, payload }) => ({ topic, key, headers, value: Buffer.from(payload) })));
    } catch (error) {
      for (const span of spans) endSpan(span, error);
      throw error;
    }
    for (const span of spans) endSpan(span);
    for (const { headers } of rows) telemetry.eventPublished(currentEventType(headers[TYPE_HEADER] ?? ''));
  }

  async #sleep(milliseconds: number, wake?: AbortSignal): Promise<void> {
    const signal = wake ? AbortSignal.any([this.#stopping.signal, wake]) : this.#stopping.signal;
    await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  }
}
