import { newId, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, LOGGER, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { returnToSuspense } from './return-to-suspense.js';

const LEFT = 'select line_id as "lineId" from doubtful_line order by line_id limit 100';

/** Its row goes with what is done about it; another worker finds none. */
const TAKE = `
delete from doubtful_line d using reversal_request q where d.line_id = $1 and q.loan_id = d.loan_id and q.repayment_id = d.repayment_id and q.state = 'reversed'
returning d.loan_id as "loanId", d.repayment_id as "repaymentId", q.task_id as "sourceId"`;

/** Puts lines in suspense that a version before has taken out of their loans as told wrongly; two persons are asked whether the bank still has the money (R-DB-08). */
@Injectable()
export class TakeUpDoubtful implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async tick(): Promise<void> {
    const { rows } = await this.database.query<{ lineId: string }>(LEFT);
    for (const { lineId } of rows) await this.#take(lineId);
  }

  /** A line that fails is reported and tried again by the next tick; it keeps no other line waiting. */
  async #take(lineId: string): Promise<void> {
    try {
      await this.runner.run({ actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: newId() }, async (tx) => {
        const { rows } = await tx.query<{ loanId: string; repaymentId: string; sourceId: string }>(TAKE, [lineId]);
        if (rows[0]) await returnToSuspense(tx, { ...rows[0], why: 'TOLD_WRONGLY' }, this.clock.now());
      });
    } catch (error) {
      this.logger.error({ err: error, lineId }, 'a line of a version before could not be put in suspense and will be tried again');
    }
  }
}
