import { businessDate } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { correctionsFrom } from './correct-accrual.js';
import { emitStatus } from './emit-status.js';
import type { LoanAccount } from './loan-account.js';
import type { BookedMisuse } from './misuse.js';
import { playAnew } from './restate-loan.js';

/** A schedule does not tell what misused money bears: from now on the close plays the loan. */
const MARK = `
with marked as (update loan set earns_by = 'play' where loan_id = $1)
insert into misused_loan (loan_id, played_through) values ($1, $2) on conflict (loan_id) do update set played_through = greatest(misused_loan.played_through, excluded.played_through)`;

/**
 * Plays a loan, whose row is locked, by what is known now of the misuse of its money, and writes what that changes: what closed days have accrued is corrected
 * with their own value dates, and money that has come meanwhile is spent anew (G-PR-07, F17).
 * @param misuses those of before, with one more or with one that has ended; or the same, as a due date has come since
 */
export async function restateMisuse(tx: EventTransaction, before: LoanAccount, misuses: readonly BookedMisuse[], now: Date): Promise<LoanAccount> {
  const today = businessDate(now);
  const known: LoanAccount = { ...before, misuses };
  const since = changedFrom(before.misuses, misuses);
  const corrections = since === undefined ? [] : await correctionsFrom(tx, before, known, since, today);
  const { after } = await playAnew(tx, before, known, { through: today, corrections }, now);
  await tx.query(MARK, [before.loanId, today]);
  emitStatus(tx, before, after);
  return after;
}

/** The first day of a fact that is another than before. */
function changedFrom(before: readonly BookedMisuse[], after: readonly BookedMisuse[]): string | undefined {
  const same = (one: BookedMisuse, other: BookedMisuse): boolean => one.factId === other.factId && one.to === other.to;
  const changed = after.filter((one) => !before.some((other) => same(one, other)));
  return changed.map(({ from }) => from).toSorted()[0];
}
