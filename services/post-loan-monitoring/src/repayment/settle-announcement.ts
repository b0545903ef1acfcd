import { businessDate, type Clock } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import type { DecidedTask, TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { lockAccount } from '../loan/read-account.js';

const DROP = `update announcement set state = 'dropped' where loan_id = $1 and repayment_id = $2 and state = 'not_on_statement'`;
const WAIT = `update announcement set state = 'announced', waits_until = $3 where loan_id = $1 and repayment_id = $2 and state = 'not_on_statement'`;

/** Drops an announcement, or waits for its line again, as a person has decided; where the line has come in between, it has decided already. */
@Injectable()
export class SettleAnnouncement implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply({ decision, subject }: DecidedTask, tx: EventTransaction): Promise<void> {
    const { loanId, repaymentId } = subject as { loanId: string; repaymentId: string };
    const account = await lockAccount(tx, loanId);
    if (!account) throw new Error(`there is no loan ${loanId}`);
    if (decision === 'drop') {
      await tx.query(DROP, [loanId, repaymentId]);
      return;
    }
    const { announcementDays } = policyOf(account.policyVersion).repayment;
    await tx.query(WAIT, [loanId, repaymentId, addDays(businessDate(this.clock.now()), announcementDays)]);
  }
}
