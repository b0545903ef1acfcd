import { CreditReportDisputeOverdue, newId, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { RecordDispute } from './record-dispute.js';

/** Disputes of one transaction. */
const BATCH = 100;
const IS_OVER = 'select 1 from credit_dispute where deadline_at <= $1 limit 1';

/** Tells of each dispute whose days for the answer are over (G-CB-05). It is still to be answered. */
@Injectable()
export class WatchDays implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(RecordDispute) private readonly records: RecordDispute,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const now = this.clock.now();
    if (!(await this.database.query(IS_OVER, [now])).rowCount) return;
    await this.runner.run({ actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: newId() }, async (tx) => {
      for (const dispute of await this.records.lockedOver(tx, now, BATCH)) {
        const { applicationId, loanId, disputeId, dueOn } = dispute;
        const { row } = await this.records.take(tx, dispute, { trigger: 'DaysOver', reason: 'DISPUTE_DAYS_OVER', evidence: { dueOn } });
        if (row) tx.emit(new CreditReportDisputeOverdue({ applicationId, loanId, disputeId, dueOn }));
      }
    });
  }
}
