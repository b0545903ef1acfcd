import { businessDate, RepaymentReversed, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import type { DecidedTask, TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { returnToSuspense } from '../bank-line/return-to-suspense.js';
import { emitStatus } from '../loan/emit-status.js';
import { lockAccount } from '../loan/read-account.js';
import { restateLoan } from '../loan/restate-loan.js';
import { standAgain } from '../standing/stand-again.js';
import { takeOut } from './take-out.js';

const SETTLE = `
update reversal_request set state = $3, decided_at = $4 where loan_id = $1 and repayment_id = $2 and state = 'requested' returning reason, requested_by as "requestedBy"`;

/** Takes a repayment back, or keeps it, as two persons have decided; the loan is played anew without its money (S16, F17). */
@Injectable()
export class SettleReversal implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply({ taskId, decision, subject }: DecidedTask, tx: EventTransaction): Promise<void> {
    const { loanId, repaymentId } = subject as { loanId: string; repaymentId: string };
    const now = this.clock.now();
    const before = await lockAccount(tx, loanId);
    const movement = before?.movements.find((one) => one.repaymentId === repaymentId);
    if (!before || !movement) throw new Error(`repayment ${repaymentId} of loan ${loanId} does not count`);
    const { rows } = await tx.query<{ reason: string; requestedBy: string }>(SETTLE, [
      loanId,
      repaymentId,
      decision === 'reverse' ? 'reversed' : 'refused',
      now,
    ]);
    const [request] = rows;
    if (!request) throw new Error(`nobody asks to take repayment ${repaymentId} back`);
    if (decision !== 'reverse') return;
    const { after } = await restateLoan(
      tx,
      before,
      before.movements.filter((one) => one !== movement),
      businessDate(now),
      now,
    );
    await takeOut(tx, { loanId, repaymentId, reason: request.reason, by: request.requestedBy }, now);
    const taken = { loanId, repaymentId, sourceId: taskId };
    // Of money that the bank took back there is nothing left to give. Told wrongly, and shown by the bank meanwhile: nobody has said whether it is still there.
    if (request.reason === 'booked_wrongly') await returnToSuspense(tx, { ...taken, why: 'BOOKED_WRONGLY' }, now);
    else if (request.reason === 'told_wrongly') await returnToSuspense(tx, { ...taken, why: 'TOLD_WRONGLY' }, now);
    tx.emit(
      new RepaymentReversed({
        applicationId: before.applicationId,
        loanId,
        repaymentId,
        amountMinor: String(movement.amountMinor),
        reason: request.reason,
        outstandingPrincipalMinor: String(after.outstandingPrincipalMinor),
      }),
    );
    // It is owed again before it is late again.
    emitStatus(tx, before, after);
    await standAgain(tx, after, businessDate(now), now);
  }
}
