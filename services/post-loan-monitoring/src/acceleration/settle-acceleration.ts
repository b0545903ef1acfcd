import { businessDate, LoanAccelerated, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { emitStatus } from '../loan/emit-status.js';
import { moveLoans } from '../loan/move-loans.js';
import { lockAccount } from '../loan/read-account.js';
import { restateLoan } from '../loan/restate-loan.js';
import { settleStep } from '../loan-step/agreed-step.js';
import { standAgain } from '../standing/stand-again.js';
import { latenessOn } from './acceleration-policy.js';
import type { RequestAccelerationDto } from './acceleration.dto.js';

/** What it earns is told by its schedule no more. */
const MARK = `update loan set accelerated_on = $2, earns_by = 'play' where loan_id = $1`;

/** Calls a loan in, or leaves it to its schedule, as two persons have decided: from this day on all of it is due (G-EC-06). */
@Injectable()
export class SettleAcceleration implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const on = businessDate(now);
    const step = await settleStep<RequestAccelerationDto>(tx, task, 'Accelerated', now);
    if (!step) return;
    const { account, content, evidence } = step;
    const { dpd, isEnough } = latenessOn(account, content.ground, on);
    if (!isEnough) throw cannotBeDone(`the loan is ${dpd} days past due by now, which is not late enough to be called in for it`);
    const { loanId, applicationId } = account;
    await moveLoans(tx, [{ loan: account, trigger: 'Accelerated', reason: 'ACCELERATED', evidence }], on, now);
    await tx.query(MARK, [loanId, on]);
    const before = (await lockAccount(tx, loanId))!;
    // Held money pays at once what has fallen due by it, and may end the loan.
    const { after } = await restateLoan(tx, before, before.movements, on, now);
    const { ground, noticeServedOn, noticeChannel } = content;
    tx.emit(new LoanAccelerated({ applicationId, loanId, on, ground, noticeServedOn, noticeChannel }));
    emitStatus(tx, before, after);
    await standAgain(tx, after, on, now);
  }
}
