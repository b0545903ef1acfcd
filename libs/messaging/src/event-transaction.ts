import type { DomainEvent } from '@millrace/contracts';
import type { QueryResult, QueryResultRow } from 'pg';

/** Who or what caused a change; goes into every event and audit row (R-OP-09). */
export interface Actor {
  readonly kind: 'system' | 'partner' | 'staff' | 'applicant';
  /** Service name, partner id or staff id; never a natural person's name. */
  readonly id: string;
}

/** What a transaction inherits from the request, event or timer that started it. */
export interface TransactionContext {
  readonly actor: Actor;
  /** Id of the event or request that led to this one. */
  readonly causationId: string;
  /** W3C trace context of the cause. */
  readonly traceparent?: string | undefined;
}

/** Settings of a job added with the state change that needs it. */
export interface JobOptions {
  /** A job with the same key replaces one that has not started: an intent is queued once. */
  readonly jobKey?: string;
  readonly maxAttempts?: number;
  readonly runAt?: Date;
  /** Jobs of one queue run one after the other. */
  readonly queueName?: string;
  /** Jobs of a lower number are taken first; 0 where left out. */
  readonly priority?: number;
}

/**
 * One PostgreSQL transaction: state, inbox, outbox rows and jobs commit together or not at all (M-EV-01).
 * Events and jobs are buffered and written in one statement before the commit.
 */
export interface EventTransaction {
  readonly context: TransactionContext;
  /** Runs SQL inside the transaction. */
  query<R extends QueryResultRow = QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<QueryResult<R>>;
  /** Adds an event to the outbox; it is validated here, so that a wrong event aborts the change that made it. */
  emit(event: DomainEvent<unknown>): void;
  /** Adds a job for a worker of this service (M-EV-02: no outside call inside a transaction). */
  addJob(task: string, payload: Record<string, unknown>, options?: JobOptions): void;
  /** Runs when the change is durable, and never if it is not; for figures and log lines only, as a crash may lose it. */
  afterCommit(note: () => void): void;
}

/** An event as a handler gets it: the validated payload and its envelope. */
export interface ReceivedEvent<E> {
  /** CloudEvents id; the inbox key. */
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly source: string;
  readonly occurredAt: Date;
  readonly actor: Actor;
  readonly causationId: string;
  /** The application id that the whole story hangs on. */
  readonly correlationId: string;
  readonly traceparent?: string | undefined;
  readonly position: { readonly topic: string; readonly partition: number; readonly offset: bigint };
  readonly payload: E;
}

/**
 * Handles one event inside the transaction that marks it seen; throws only for trouble, never for a business "no".
 * Events of other applications may be handled in the same transaction at the same time, where no lock keeps them apart: what is read of rows that
 * applications share (an obligor's exposure) is read and changed in one statement.
 */
export interface EventHandler<E> {
  handle(event: ReceivedEvent<E>, tx: EventTransaction): Promise<void>;
  /**
   * Names of the rows that some events change and that applications share, e.g. of obligors. They are taken in one order before the events of a
   * transaction are handled, so that two transactions with the same rows in opposite order do not deadlock. Left out where a handler changes none.
   */
  shared?(events: readonly ReceivedEvent<E>[], tx: Pick<EventTransaction, 'query'>): readonly string[] | Promise<readonly string[]>;
}
