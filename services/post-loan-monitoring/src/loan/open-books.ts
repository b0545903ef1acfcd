import { businessDate, LoanBooked, type LoanActivated } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { BookedLoan } from './book-loan.js';
import { missedAccrual } from './correct-accrual.js';
import { readAccount } from './read-account.js';
import { storeFloatingRate } from './store-floating-rate.js';
import { storeMovement } from './store-movement.js';

type NewLoan = Pick<LoanActivated, 'applicationId' | 'loanId' | 'tenantId' | 'principalMinor' | 'disbursedOn' | 'clauses'>;

/** What follows from a loan that was booked just now: what it has earned on days that are closed already, and the news of it. */
export async function openBooks(tx: EventTransaction, loan: NewLoan, booked: BookedLoan, now: Date): Promise<void> {
  await storeFloatingRate(tx, loan);
  await catchUp(tx, loan, booked, now);
  const { applicationId, loanId, principalMinor } = loan;
  const { rows, instalmentMinor, totalInterestMinor } = booked.schedule;
  tx.emit(
    new LoanBooked({
      applicationId,
      loanId,
      principalMinor,
      instalments: rows.length,
      instalmentMinor: String(instalmentMinor),
      totalInterestMinor: String(totalInterestMinor),
      firstDueOn: rows[0]!.due,
      maturesOn: rows.at(-1)!.due,
    }),
  );
}

/** Days of the loan that are closed already have gone by without it. */
async function catchUp(tx: EventTransaction, { loanId, disbursedOn }: NewLoan, { accruedThrough }: BookedLoan, now: Date): Promise<void> {
  if (disbursedOn >= businessDate(now) && (accruedThrough === null || accruedThrough <= disbursedOn)) return;
  const account = (await readAccount(tx, loanId))!;
  const entries = await missedAccrual(tx, account);
  if (entries.length > 0) await storeMovement(tx, account, account, entries, now);
}
