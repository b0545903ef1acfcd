import type { Clock } from '@millrace/contracts';
import type { EventTransaction, TransactionRunner } from '@millrace/messaging';
import type { Database } from './database.js';

/** A job as {@link EventTransaction.addJob} takes it. */
export type Job = Parameters<EventTransaction['addJob']>;

/** Tries of one job; a row whose job has used them all is due for the ticker, so this bounds the noise and not the row. */
const MAX_ATTEMPTS = 10;

/** Rows of one transaction; few, so that they are not locked for long. */
const BATCH = 100;

/**
 * The job for one turn of a row: a job of an earlier turn finds the row in other hands and does nothing.
 * @param idName under which the payload has the id
 */
export function turnJob(task: string, idName: string, id: string, turn: number, options: { readonly priority?: number } = {}): Job {
  return [task, { [idName]: id, turn }, { jobKey: id, maxAttempts: MAX_ATTEMPTS, ...options }];
}

/** A table whose rows are worked on in turns: `turn` counts them, and `next_action_at` says when the next one is due, null where nothing is left to do. */
export interface TurnTable {
  readonly table: string;
  /** Column of its id. */
  readonly idColumn: string;
  /** Only rows that meet this condition on its columns; all of them where it is left out. */
  readonly condition?: string;
}

/** Takes up rows whose time has come: an unknown outcome that is to be asked about, or a row whose worker died between any two steps. */
export class DueTurns {
  readonly #anyDue: string;
  readonly #takeDue: string;

  /** @param takeoverMs time after which a row that is untouched has lost its job or its worker; longer than whoever is called may take to answer */
  constructor(
    { table, idColumn, condition }: TurnTable,
    private readonly takeoverMs: number,
  ) {
    const due = `from ${table} where ${condition === undefined ? '' : `${condition} and `}next_action_at <= $1`;
    this.#anyDue = `select 1 ${due} limit 1`;
    // Each gets a new turn, which ends that of a worker or a job that was lost.
    this.#takeDue = `update ${table} set turn = turn + 1, next_action_at = $2
where ${idColumn} in (select ${idColumn} ${due} order by next_action_at limit ${BATCH} for no key update skip locked)
returning ${idColumn} as id, turn`;
  }

  /**
   * Queues the job of some rows that are due; nothing is locked or written where none is.
   * @param cause actor and cause of the transaction: the service, and the name of the ticker
   */
  async takeUp(
    at: { readonly database: Database; readonly runner: TransactionRunner; readonly clock: Clock },
    cause: { readonly service: string; readonly ticker: string },
    jobOf: (id: string, turn: number) => Job,
  ): Promise<void> {
    const now = at.clock.now();
    if (!(await at.database.query(this.#anyDue, [now])).rowCount) return;
    await at.runner.run({ actor: { kind: 'system', id: cause.service }, causationId: cause.ticker }, async (tx) => {
      const { rows } = await tx.query<{ id: string; turn: number }>(this.#takeDue, [now, new Date(now.getTime() + this.takeoverMs)]);
      for (const { id, turn } of rows) tx.addJob(...jobOf(id, turn));
    });
  }
}

/** A table whose rows have one job each, under the row's id: `next_attempt_at` says when it is queued again. */
export interface AttemptTable {
  readonly table: string;
  /** Column of its id. */
  readonly idColumn: string;
  /** Rows of which something is still to be done, by a condition on its columns. */
  readonly condition: string;
}

/** Rows of one transaction; their jobs are many and short. */
const ATTEMPT_BATCH = 200;

/** Queues jobs again whose next attempt is due, or which were lost with their process. */
export class DueAttempts {
  readonly #anyDue: string;
  readonly #takeDue: string;

  /** @param watchdogMs time after which a job that has said nothing counts as lost */
  constructor(
    { table, idColumn, condition }: AttemptTable,
    private readonly watchdogMs: number,
  ) {
    const due = `from ${table} where ${condition} and next_attempt_at <= $1`;
    this.#anyDue = `select 1 ${due} limit 1`;
    this.#takeDue = `update ${table} set next_attempt_at = $2
where ${idColumn} in (select ${idColumn} ${due} order by next_attempt_at limit ${ATTEMPT_BATCH} for update skip locked)
returning ${idColumn} as id`;
  }

  /**
   * Queues the job of some rows that are due; nothing is locked or written where none is.
   * @param cause actor and cause of the transaction: the service, and the name of the ticker
   */
  async resume(
    at: { readonly database: Database; readonly runner: TransactionRunner; readonly clock: Clock },
    cause: { readonly service: string; readonly ticker: string },
    jobOf: (id: string) => Job,
  ): Promise<void> {
    const now = at.clock.now();
    if (!(await at.database.query(this.#anyDue, [now])).rowCount) return;
    await at.runner.run({ actor: { kind: 'system', id: cause.service }, causationId: cause.ticker }, async (tx) => {
      const { rows } = await tx.query<{ id: string }>(this.#takeDue, [now, new Date(now.getTime() + this.watchdogMs)]);
      for (const { id } of rows) tx.addJob(...jobOf(id));
    });
  }
}
