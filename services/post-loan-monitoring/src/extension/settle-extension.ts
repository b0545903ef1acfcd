import { businessDate, LoanExtended, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { recordConsents } from '../guarantee/guarantees.js';
import { applyTerms } from '../loan-change/apply-terms.js';
import { settleChange } from '../loan-change/settle-change.js';
import { extendedDates } from './extension-policy.js';
import type { ExtendLoanDto } from './extension.dto.js';
import { judgeExtension } from './judge-extension.js';

/** Extends the loan as two persons have decided, by the rules of this day. */
@Injectable()
export class SettleExtension implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const agreed = await settleChange<ExtendLoanDto>(tx, task, now);
    if (!agreed) return;
    const { account, changeId, content } = agreed;
    const today = businessDate(now);
    const refusal = await judgeExtension(tx, account, content, today);
    if (refusal) throw cannotBeDone(refusal.detail);
    const { months, consents } = content;
    const dueDates = extendedDates(account, months, today);
    const after = await applyTerms(tx, account, { changeId, kind: 'extension', valueOn: today, dueDates, rateBps: null, months }, now);
    await recordConsents(tx, after, changeId, consents, now);
    const { applicationId, loanId } = account;
    tx.emit(new LoanExtended({ applicationId, loanId, extensionId: changeId, months, maturesOn: after.maturesOn, maturesOnBefore: account.maturesOn }));
  }
}
