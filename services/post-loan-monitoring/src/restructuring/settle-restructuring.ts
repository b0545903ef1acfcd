import { businessDate, LoanRestructured, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { storeFact } from '../class-fact/store-fact.js';
import { recordConsents } from '../guarantee/guarantees.js';
import { lockAccount } from '../loan/read-account.js';
import { applyTerms } from '../loan-change/apply-terms.js';
import { settleChange } from '../loan-change/settle-change.js';
import { faultOfTerms, newDates } from './restructuring-policy.js';
import type { RestructureLoanDto } from './restructuring.dto.js';

/** Restructures the loan as was decided: first it is observed, so that what is moved does not look as if it had been paid (G-CL-13). */
@Injectable()
export class SettleRestructuring implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const agreed = await settleChange<RestructureLoanDto>(tx, task, now);
    if (!agreed) return;
    const { account, changeId, content } = agreed;
    const today = businessDate(now);
    const fault = faultOfTerms(account, content, today);
    if (fault) throw cannotBeDone(fault);
    await storeFact(tx, account, changeId, { kind: 'restructured', from: today, to: null, shareBps: null, amountMinor: null, atLeast: null }, now);
    const { rateBps } = content;
    const terms = { changeId, kind: 'restructuring', valueOn: today, dueDates: newDates(account, content), rateBps: rateBps ?? null, months: 0 } as const;
    // The fact may have moved the loan: its history goes on from there.
    const after = await applyTerms(tx, (await lockAccount(tx, account.loanId))!, terms, now);
    await recordConsents(tx, after, changeId, content.consents, now);
    const { applicationId, loanId } = account;
    tx.emit(
      new LoanRestructured({
        applicationId,
        loanId,
        restructuringId: changeId,
        ...(rateBps === undefined ? {} : { rateBps }),
        maturesOn: after.maturesOn,
        maturesOnBefore: account.maturesOn,
      }),
    );
  }
}
