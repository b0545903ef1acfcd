import { ManualClock, newId, type DomainEvent } from '@millrace/contracts';
import { BaseConfig, defineService, openPool } from '@millrace/service';
import { createTestDatabase, until, type TestDatabase } from '@millrace/testing';
import type pg from 'pg';
import { consume, type ConsumedEvent } from '../src/consumed-event.js';
import { Consumer, type ConsumerOptions } from '../src/consumer.js';
import { encodeEvent } from '../src/envelope.js';
import type { LogRecord } from '../src/event-log.js';
import type { EventHandler, EventTransaction, ReceivedEvent, TransactionContext } from '../src/event-transaction.js';
import { ParkedEvents } from '../src/parked-events.js';
import { PostgresEventLog } from '../src/postgres-event-log.js';
import { Relay, type RelayOptions } from '../src/relay.js';
import { TransactionRunner } from '../src/transaction-runner.js';
import { STEP_TOPIC, StepTaken } from './step-events.js';

const SCHEMA = 'test_messaging';
const CONSUMER = 'test-messaging';

class StepJob {
  async run(): Promise<void> {}
}

/** A service with one state table, for its schema, role, messaging tables and job tables. */
const definition = defineService({
  name: CONSUMER,
  schema: SCHEMA,
  config: BaseConfig,
  migrations: new URL('migrations', import.meta.url),
  capabilities: [{ name: 'step', jobs: { step: StepJob } }],
});

/** Records a step; a test replaces what it does. */
export class OnStepTaken implements EventHandler<StepTaken> {
  handled: ReceivedEvent<StepTaken>[] = [];
  /** Runs before the step is recorded. */
  before: (event: ReceivedEvent<StepTaken>, tx: EventTransaction) => Promise<void> | void = () => undefined;

  async handle(event: ReceivedEvent<StepTaken>, tx: EventTransaction): Promise<void> {
    this.handled.push(event);
    await this.before(event, tx);
    await recordStep(tx, event.payload);
  }
}

export async function recordStep(tx: EventTransaction, { applicationId, number }: { applicationId: string; number: number }): Promise<void> {
  await tx.query('insert into step (application_id, number) values ($1, $2)', [applicationId, number]);
}

/** Context of a change that no event caused. */
export function requestContext(overrides: Partial<TransactionContext> = {}): TransactionContext {
  return { actor: { kind: 'staff', id: 'olga' }, causationId: newId(), ...overrides };
}

/** Everything between a handler and the log, on real PostgreSQL, without HTTP. */
export class StepService {
  readonly clock = new ManualClock(new Date('2026-03-02T01:00:00Z'));
  readonly handler = new OnStepTaken();
  readonly errors: Error[] = [];
  readonly subscriptions: readonly ConsumedEvent[] = [consume(StepTaken, OnStepTaken)];
  readonly #running: { stop(): Promise<void> }[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly log: PostgresEventLog,
    readonly pool: pg.Pool,
    readonly runner: TransactionRunner,
  ) {}

  static async open(): Promise<StepService> {
    const database = await createTestDatabase([definition]);
    const log = await PostgresEventLog.open({ connectionString: database.urls.eventLog, onError: () => undefined, pollIntervalMs: 500 });
    await log.createTopics([{ name: STEP_TOPIC, partitions: 1 }]);
    const pool = openPool({ connectionString: database.urls.of(SCHEMA), max: 6, application_name: 'test' }, () => undefined);
    const clock = new ManualClock(new Date('2026-03-02T01:00:00Z'));
    return new StepService(database, log, pool, new TransactionRunner({ pool, source: 'test-messaging', clock, jobsSchema: SCHEMA }));
  }

  /** Ends what one test started. */
  async settle(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((part) => part.stop()));
    this.handler.before = () => undefined;
    this.handler.handled = [];
    this.errors.length = 0;
  }

  async close(): Promise<void> {
    await this.settle();
    await this.log.close();
    await this.pool.end();
    await this.database.drop();
  }

  consumer(options: Partial<ConsumerOptions> = {}): Consumer {
    const fast = { maxAttempts: 3, backoffMs: 5, retryDelayMs: 50, ...options };
    const resolve = (): never => this.handler as never;
    const { log, runner, subscriptions } = this;
    return new Consumer({ name: CONSUMER, log, runner, subscriptions, resolve, onError: (error) => this.errors.push(error), options: fast });
  }

  async startConsumer(options: Partial<ConsumerOptions> = {}): Promise<Consumer> {
    const consumer = this.consumer(options);
    this.#running.push(consumer);
    await consumer.start();
    return consumer;
  }

  parkedEvents(): ParkedEvents {
    return new ParkedEvents({ name: CONSUMER, runner: this.runner, subscriptions: this.subscriptions, resolve: () => this.handler as never });
  }

  relay(options: Partial<RelayOptions> = {}): Relay {
    const relay = new Relay({ pool: this.pool, log: this.log, onError: (error) => this.errors.push(error), backoffMs: 20, takeoverIntervalMs: 50, ...options });
    this.#running.push(relay);
    return relay;
  }

  /** Puts events on the log as another service's relay would; `change` spoils them. */
  async append(events: readonly DomainEvent<unknown>[], change: (record: LogRecord) => LogRecord = (record) => record): Promise<LogRecord[]> {
    const records = events.map((event) => {
      const origin = { source: 'test-messaging', time: this.clock.now(), context: requestContext(), traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
      const { topic, key, headers, payload } = encodeEvent(event, origin);
      return change({ topic, key, headers, value: Buffer.from(payload) });
    });
    await this.log.append(records);
    return records;
  }

  /** Numbers recorded for an application, in the order of recording. */
  async steps(applicationId: string): Promise<number[]> {
    const { rows } = await this.pool.query<{ number: number }>('select number from step where application_id = $1 order by seq', [applicationId]);
    return rows.map(({ number }) => number);
  }

  async count(table: string): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    return rows[0]!.count;
  }

  /** Waits until the consumer has dealt with everything on the log. */
  async caughtUp(): Promise<void> {
    await until(async () => (await this.log.offsets(STEP_TOPIC, CONSUMER)).every(({ committed, next }) => committed === next), 'the end of the log', 30_000);
  }

  /** Runs SQL as the administrator, e.g. to end another connection. */
  async asAdmin<R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<pg.QueryResult<R>> {
    const pool = openPool({ connectionString: this.database.adminUrl, max: 1 }, () => undefined);
    try {
      return await pool.query<R>(sql, values);
    } finally {
      await pool.end();
    }
  }
}
