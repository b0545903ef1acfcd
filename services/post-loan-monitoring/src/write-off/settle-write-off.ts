import { businessDate, LoanWrittenOff, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { moveLoans } from '../loan/move-loans.js';
import { lockAccount } from '../loan/read-account.js';
import { restateLoan } from '../loan/restate-loan.js';
import { standAgain } from '../standing/stand-again.js';
import { settleStep } from '../loan-step/agreed-step.js';
import type { RequestWriteOffDto } from './write-off.dto.js';

const MARK = 'update loan set written_off_on = $2, write_off_id = $3 where loan_id = $1';

/** Writes a loan off, or leaves it in the books, as the committee has decided (账销案存: the claim stays). */
@Injectable()
export class SettleWriteOff implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const on = businessDate(now);
    const step = await settleStep<RequestWriteOffDto>(tx, task, 'WrittenOff', now);
    if (!step) return;
    const { account, changeId, content, evidence } = step;
    const { loanId, loanClass } = account;
    if (loanClass !== 'LOSS') throw cannotBeDone(`the loan is in ${loanClass}, and not all of it is set aside any more`);
    await moveLoans(tx, [{ loan: account, trigger: 'WrittenOff', reason: 'WRITTEN_OFF', evidence }], on, now);
    await tx.query(MARK, [loanId, on, changeId]);
    const before = (await lockAccount(tx, loanId))!;
    const { after } = await restateLoan(tx, before, before.movements, on, now);
    await standAgain(tx, after, on, now);
    const { applicationId, outstandingPrincipalMinor } = after;
    tx.emit(new LoanWrittenOff({ applicationId, loanId, on, principalMinor: String(outstandingPrincipalMinor), ground: content.ground }));
  }
}
