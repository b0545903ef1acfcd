import { addDays, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { isNonPerforming } from '../classification/loan-class.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { isWorse, judgeObligors } from './judge-obligors.js';
import { readFollowed, type StandingLoan } from './read-standings.js';
import { rulesOn } from './rules-on.js';
import type { Standing } from './standing.js';
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
  const after = await standNow(tx, loan, { on, now, cause });
  // A bad loan that was paid off and is owed again takes the others along like one that has gone bad.
  if (after.isBadDebt && !loan.known.isBadDebt) await standObligor(tx, loan, { on, now, cause });
}

type Moved = Omit<Told, 'through'>;

/** Gives one loan, whose row is locked, the standing of now; answers it. */
async function standNow(tx: EventTransaction, loan: StandingLoan, { on, now, cause }: Moved, obligorRule = loan.known.obligorRule): Promise<Standing> {
  const { known, isSettled, policyVersion } = loan;
  const through = addDays(on, -1);
  // The close may be ahead of a clock that was set back; what has ended stays ended.
  const ended = loan.through !== null && loan.through > through ? loan.through : through;
  const dpd = dpdOn(loan, ended);
  const stood = standOn({ ...known, obligorRule }, { ...loan, on, dpd, rules: rulesOn(policyVersion, on) });
  // Conduct is judged by days that have ended (G-CL-12): the close of today says whether the loan leaves the non-performing classes.
  const { loanClass, ownClass, isBadDebt, eclStage, goodSince } = known;
  const isDeferred =
    !isSettled && ((isNonPerforming(loanClass) && !isNonPerforming(stood.loanClass)) || (isNonPerforming(ownClass) && !isNonPerforming(stood.ownClass)));
  const after = isDeferred ? { ...stood, loanClass, ownClass, isBadDebt, eclStage, goodSince, reviewOn: on } : stood;
  await storeStandings(tx, [{ ...loan, dpd, before: known, after }], { on, through: ended, cause, now });
  return after;
}

/** A loan has gone bad by itself, so that the other loans of its obligor stand worse at once (G-CL-05, G-CL-10). That one of them stands better is for the close. */
async function standObligor(tx: EventTransaction, { tenantId, uscc }: StandingLoan, moved: Moved): Promise<void> {
  const { judged } = await judgeObligors(tx, tenantId, [uscc], moved.on);
  const worse = new Map(judged.filter(isWorse).map(({ loan, obligorRule }) => [loan.loanId, obligorRule]));
  // Their day counts as looked at from here on, and so do their guarantees.
  const loans = await readFollowed(tx, [...worse.keys()], { on: moved.on, through: addDays(moved.on, -1), now: moved.now });
  for (const loan of loans) await standNow(tx, loan, moved, worse.get(loan.loanId));
}
