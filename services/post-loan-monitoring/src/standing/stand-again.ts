import { addDays, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { isNonPerforming } from '../classification/loan-class.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { readFollowed } from './read-standings.js';
import { rulesOn } from './rules-on.js';
import { dpdOn, standOn } from './stand.js';
import { storeStandings, type Told } from './store-standings.js';

/**
 * Gives a loan the standing that its books give it now, in the transaction that has moved its money and has its row locked: arrears that are paid are cured
 * at once, and a repayment that is taken back makes the loan late again. What the day itself makes of it is for the close of the day, so that a loan is not
 * late before the day has ended.
 * @param account the loan after the movement, whose row is written already
 * @param on business date of now
 * @param cause a fact that has become known may have done it, and no money
 */
export async function standAgain(
  tx: EventTransaction,
  { loanId }: Pick<LoanAccount, 'loanId'>,
  on: IsoDate,
  now: Date,
  cause: Told['cause'] = 'movement',
): Promise<void> {
  const [loan] = await readFollowed(tx, [loanId], { on, through: addDays(on, -1), now });
  if (!loan) return;
  const { known, isSettled, policyVersion } = loan;
  const through = addDays(on, -1);
  // The close may be ahead of a clock that was set back; what has ended stays ended.
  const ended = loan.through !== null && loan.through > through ? loan.through : through;
  const dpd = dpdOn(loan, ended);
  const stood = standOn(known, { ...loan, on, dpd, rules: rulesOn(policyVersion, on) });
  // Conduct is judged by days that have ended (G-CL-12): the close of today says whether the loan leaves the non-performing classes.
  const leaves = !isSettled && isNonPerforming(known.loanClass) && !isNonPerforming(stood.loanClass);
  const { loanClass, eclStage, goodSince } = known;
  const after = leaves ? { ...stood, loanClass, eclStage, goodSince, reviewOn: on } : stood;
  await storeStandings(tx, [{ ...loan, dpd, before: known, after }], { on, through: ended, cause, now });
}
