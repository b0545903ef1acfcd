import { LoanPrepaid } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { principalIn, sumOf, type Posting } from '../ledger/posting.js';
import type { BookedMovement, LoanAccount } from '../loan/loan-account.js';

/** Tells what money that repays principal early has changed; nothing where it was not enough for more than what was due. */
export function tellPrepaid(tx: EventTransaction, before: LoanAccount, after: LoanAccount, movement: BookedMovement, { lines, valueOn }: Posting): void {
  const { repaymentId: prepaymentId, prepaymentEffect: effect, amountMinor } = movement;
  if (!effect) return;
  const early = after.instalments.filter(({ dueOn }) => dueOn > valueOn);
  const principalMinor = early.reduce((total, { number }) => total + principalIn(lines, number), 0n);
  if (principalMinor === 0n) return;
  const { applicationId, loanId } = before;
  tx.emit(
    new LoanPrepaid({
      applicationId,
      loanId,
      prepaymentId,
      valueOn,
      amountMinor: String(amountMinor),
      principalMinor: String(principalMinor),
      feesMinor: String(sumOf(lines, ['fees'])),
      effect,
      instalmentMinor: String(after.instalmentMinor),
      maturesOn: after.maturesOn,
      maturesOnBefore: before.maturesOn,
      outstandingPrincipalMinor: String(after.outstandingPrincipalMinor),
    }),
  );
}
