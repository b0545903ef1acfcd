import type { LoanClass } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { policyInForce, policyOf } from '@millrace/policy';
import { isAtLeast } from '../classification/loan-class.js';
import type { Accrued } from '../ledger/accrual-lines.js';
import { addParts, paidParts, sumOfParts, unpaidParts, type InterestParts } from '../projection/earned.js';
import type { LoanAccount } from './loan-account.js';
import { openedLoan, stepsOf, type PlayableAccount } from './play-account.js';

/** A loan whose accrual is asked for. */
export type AccruingAccount = PlayableAccount & Pick<LoanAccount, 'accruesFrom' | 'writtenOffOn'>;

/** The class that a loan had at the end of a day. */
export type ClassOn = (on: IsoDate) => LoanClass;

/** A loan at the end of a day, as far as accrual and provision ask for it. */
export interface AccruedDay {
  readonly on: IsoDate;
  /** All that its accrual has booked since the day from which its books accrue. */
  readonly accrued: Accrued;
  /** What is owed of it in the books: nothing of a loan that was written off or sold. */
  readonly principalMinor: bigint;
  /** Earned and not paid, as far as it is income. */
  readonly receivableMinor: bigint;
  readonly dpd: number;
}

const lessParts = (a: InterestParts, b: InterestParts): InterestParts => ({
  interestMinor: a.interestMinor - b.interestMinor,
  penaltyMinor: a.penaltyMinor - b.penaltyMinor,
  compoundMinor: a.compoundMinor - b.compoundMinor,
});

/**
 * What has been earned is income as long as it may be hoped for. Of a loan that is long overdue or non-performing what is unpaid is taken out of income and
 * kept beside the books, and income is what is paid; when the loan is better again, it is back. So nothing hangs on the order in which anything became known.
 */
function accruedOn(paid: InterestParts, unpaid: InterestParts, isStopped: boolean): Pick<AccruedDay, 'accrued' | 'receivableMinor'> {
  const unpaidMinor = sumOfParts(unpaid);
  if (isStopped) return { accrued: { ...paid, memoMinor: unpaidMinor }, receivableMinor: 0n };
  return { accrued: { ...addParts(paid, unpaid), memoMinor: 0n }, receivableMinor: unpaidMinor };
}

/** Plays a loan through its days, and tells of each from one day on; nothing before the day from which its books accrue. */
export function* accruedDays(account: AccruingAccount, from: IsoDate, through: IsoDate, classOn: ClassOn): Generator<AccruedDay> {
  const { accruesFrom, policyVersion, writtenOffOn, transferredOn } = account;
  if (accruesFrom === null) return;
  const { lenderType } = policyOf(policyVersion);
  const loan = openedLoan(account);
  // What a sold claim has earned stays as its day has left it: its own entry has taken it out of the books.
  const steps = stepsOf({ ...account, transferredOn: null });
  const earningOn = (on: IsoDate): IsoDate => (transferredOn !== null && on > transferredOn ? transferredOn : on);
  let taken = 0;
  const moveTo = (on: IsoDate): void => {
    for (; taken < steps.length && steps[taken]!.valueOn <= on; taken += 1) steps[taken]!.take(loan);
    loan.advance(on);
  };
  moveTo(accruesFrom);
  // What was recovered after the write-off is income by its own entry, and no part of what the books accrue.
  const lastAccruing = writtenOffOn === null ? accruesFrom : addDays(writtenOffOn, -1);
  const paidBefore = paidParts(loan, lastAccruing < accruesFrom ? lastAccruing : accruesFrom);
  for (let on = from > accruesFrom ? from : accruesFrom; on <= through; on = addDays(on, 1)) {
    const day = earningOn(on);
    moveTo(day);
    const { interestStopsOverDpd, interestStopsFromClass } = policyInForce(lenderType, day).provision;
    const dpd = loan.daysPastDue(day);
    const isWrittenOff = writtenOffOn !== null && day >= writtenOffOn;
    const isStopped = isWrittenOff || dpd > interestStopsOverDpd || isAtLeast(classOn(day), interestStopsFromClass);
    // Money for a loan that was written off is a recovery, which is income by its own entry.
    const paid = lessParts(paidParts(loan, isWrittenOff ? addDays(writtenOffOn, -1) : day), paidBefore);
    const earned = { on, ...accruedOn(paid, unpaidParts(loan, day), isStopped), principalMinor: isWrittenOff ? 0n : loan.principalMinor, dpd };
    yield transferredOn !== null && on >= transferredOn ? { ...earned, principalMinor: 0n, receivableMinor: 0n } : earned;
  }
}
