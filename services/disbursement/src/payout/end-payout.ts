import { DisbursementFailed, isPlausibleInstant, LoanDisbursed } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { closeTasks, openTask } from '@millrace/tasks';
import { releaseReservation, useReservation } from '../facility/end-reservation.js';
import type { BankAnswer } from '../bank/bank-answer.js';
import { PAYOUT_DATE } from './payout-date.task.js';
import type { StoredPayout } from './stored-payout.js';
import { UNKNOWN_PAYOUT } from './unknown-payout.task.js';
import { writePayout, type PayoutStep } from './write-payout.js';

type Paid = Extract<BankAnswer, { outcome: 'paid' }>;

/**
 * The bank says paid: the money counts as out, whatever day it names. A day that it cannot have meant is not booked: the loan waits until two persons
 * have set it, and the task tells what the bank said.
 * @returns false where the day is held
 */
export async function endPaid(tx: EventTransaction, payout: StoredPayout, { bankReference, paidAt }: Paid, said: PayoutStep, now: Date): Promise<boolean> {
  const { payoutId, applicationId, loanId, amountMinor, instructedAt } = payout;
  await useReservation(tx, payoutId);
  await closeQuestion(tx, payout, now);
  const ended = { status: 'PAID', nextActionAt: null, bankReference } as const;
  if (isPlausibleInstant(paidAt, instructedAt, now, policyOf(payout.policyVersion).payment.paidAtSkewSeconds)) {
    await writePayout(tx, payoutId, now, { ...ended, paidAt }, [said]);
    announcePaid(tx, payout, bankReference, paidAt);
    return true;
  }
  await writePayout(tx, payoutId, now, ended, [said, { action: 'ALARM', outcome: 'paid', detail: 'PAID_AT_IMPLAUSIBLE' }]);
  const facts = { paidAtSaid: paidAt.toISOString(), instructedAt: instructedAt.toISOString(), answeredAt: now.toISOString(), bankReference, amountMinor };
  await openTask(tx, PAYOUT_DATE, { subjectId: payoutId, subject: { payoutId, applicationId, loanId }, facts }, now);
  return false;
}

/** What the bank or its statement has answered is asked of nobody any more; a payout that was never unknown has no such question. */
async function closeQuestion(tx: EventTransaction, { payoutId, queries }: StoredPayout, now: Date): Promise<void> {
  if (queries > 0) await closeTasks(tx, [UNKNOWN_PAYOUT], payoutId, now);
}

/** Tells that the money is out, as of an instant that was checked. */
export function announcePaid(tx: EventTransaction, payout: Omit<StoredPayout, 'payee'>, bankReference: string, paidAt: Date): void {
  const { applicationId, loanId, payoutId, amountMinor, currency } = payout;
  tx.emit(new LoanDisbursed({ applicationId, loanId, payoutId, amountMinor, currency, bankReference, paidAt: paidAt.toISOString() }));
}

/** The payout is refused for good, by the bank or because the account must not be paid to: the limit is given back, and a person decides. */
export async function endFailed(
  tx: EventTransaction,
  payout: StoredPayout,
  { reasonCode, bankReference }: { readonly reasonCode: string; readonly bankReference: string | null },
  said: readonly PayoutStep[],
  now: Date,
): Promise<void> {
  const { payoutId, applicationId, loanId } = payout;
  await writePayout(tx, payoutId, now, { status: 'FAILED', nextActionAt: null, bankReference, reasonCode }, said);
  await releaseReservation(tx, payoutId, now);
  await closeQuestion(tx, payout, now);
  tx.emit(new DisbursementFailed({ applicationId, loanId, payoutId, reasonCode }));
}
