import { businessDate, newId, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, LOGGER, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { lockAccount } from '../loan/read-account.js';
import { restateMisuse } from '../loan/restate-misuse.js';

/** Loans with misused money of which something has fallen due since they were played; there are few. */
const DUE = `
select m.loan_id as "loanId" from misused_loan m join loan l using (loan_id)
where l.live and exists (select from instalment i where i.loan_id = m.loan_id and i.due_on <= $1 and i.due_on > m.played_through) order by m.loan_id limit 200`;

/** From its day on a due asks for no contract interest of misused money: its row says so once the day has come (G-PR-07). Safe to run twice. */
@Injectable()
export class PlayMisused implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async tick(): Promise<void> {
    const { rows } = await this.database.query<{ loanId: string }>(DUE, [businessDate(this.clock.now())]);
    for (const { loanId } of rows) await this.#play(loanId);
  }

  /** A loan that fails is reported and tried again by the next tick; it keeps no other loan waiting. */
  async #play(loanId: string): Promise<void> {
    try {
      await this.runner.run({ actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: newId() }, async (tx) => {
        const account = await lockAccount(tx, loanId);
        if (account) await restateMisuse(tx, account, account.misuses, this.clock.now());
      });
    } catch (error) {
      this.logger.error({ err: error, loanId }, 'a loan with misused money could not be played and will be tried again');
    }
  }
}
