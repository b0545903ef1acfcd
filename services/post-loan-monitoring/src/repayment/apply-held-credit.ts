import { businessDate, newId, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, Database, LOGGER, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { NIL } from 'uuid';
import { emitStatus } from '../loan/emit-status.js';
import { lockAccount } from '../loan/read-account.js';
import { restateLoan } from '../loan/restate-loan.js';
import { standAgain } from '../standing/stand-again.js';

/** Loans of one look; each is then a transaction of its own, so that none waits for another. */
const BATCH = 200;
const BEFORE_ALL = { dueOn: '1900-01-01', loanId: NIL };

const DUE = `
select loan_id as "loanId", oldest_due_on::text as "dueOn" from loan
where held_minor > 0 and live and oldest_due_on <= $1 and (oldest_due_on, loan_id) > ($2, $3) order by oldest_due_on, loan_id limit $4`;

/** Lets money held for borrowers pay what falls due; safe to run twice and in several instances, as each loan is looked at again under its lock. */
@Injectable()
export class ApplyHeldCredit implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async tick(): Promise<void> {
    const today = businessDate(this.clock.now());
    for (let last = BEFORE_ALL; ;) {
      const { rows } = await this.database.query<typeof last>(DUE, [today, last.dueOn, last.loanId, BATCH]);
      for (const { loanId } of rows) await this.#apply(loanId);
      if (rows.length < BATCH) return;
      last = rows.at(-1)!;
    }
  }

  /** A loan that fails is reported and tried again by the next tick; it keeps no other loan waiting. */
  async #apply(loanId: string): Promise<void> {
    try {
      await this.runner.run({ actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: newId() }, (tx) => this.#applyLocked(tx, loanId));
    } catch (error) {
      this.logger.error({ err: error, loanId }, 'held money could not be applied and will be tried again');
    }
  }

  async #applyLocked(tx: EventTransaction, loanId: string): Promise<void> {
    const before = await lockAccount(tx, loanId);
    if (!before) return;
    // Under the lock, and not at the tick's beginning: the loan's last change must lie within its transaction.
    const now = this.clock.now();
    const { after } = await restateLoan(tx, before, before.movements, businessDate(now), now);
    await standAgain(tx, after, businessDate(now), now);
    emitStatus(tx, before, after);
  }
}
