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
