import { movedOf, paidOf, type PaperDue } from '../projection/paper-due.js';
import type { PaperLoan } from '../projection/paper-loan.js';
import type { Instalment, LoanAccount } from './loan-account.js';

/** A row of the schedule as a play has it; what was moved out of it by a restructuring is neither asked for in it nor paid. */
function rowOf(due: PaperDue, balanceMinor: bigint): Instalment {
  const { number, startsOn, dueOn: calledOn, scheduledOn: dueOn = calledOn, waivedInterestMinor = 0n } = due;
  const [movedPrincipal, movedInterest] = [movedOf(due, 'principalMinor'), movedOf(due, 'interestMinor')];
  return {
    number,
    startsOn,
    dueOn,
    principalMinor: due.principalMinor - movedPrincipal,
    interestMinor: due.interestMinor + waivedInterestMinor - movedInterest,
    balanceMinor,
    paidPrincipalMinor: paidOf(due, 'principalMinor') - movedPrincipal,
    paidInterestMinor: paidOf(due, 'interestMinor') - movedInterest,
    waivedInterestMinor,
  };
}

const isSame = (a: Instalment | undefined, b: Instalment): boolean =>
  a !== undefined && (Object.keys(b) as (keyof Instalment)[]).every((key) => a[key] === b[key]);

/**
 * The schedule of a loan whose terms were changed after its contract, as its play has it. Rows that were there stay: one that the play has no more, as the
 * loan was paid off before the change, asks for nothing.
 */
export function changedSchedule({ principalMinor, instalments }: Pick<LoanAccount, 'principalMinor' | 'instalments'>, loan: PaperLoan): readonly Instalment[] {
  let balanceMinor = principalMinor;
  const played = loan.dues.map((due) => {
    const row = rowOf(due, 0n);
    balanceMinor -= row.principalMinor;
    return { ...row, balanceMinor };
  });
  const nothing = { principalMinor: 0n, interestMinor: 0n, balanceMinor, paidPrincipalMinor: 0n, paidInterestMinor: 0n, waivedInterestMinor: 0n };
  const gone = instalments.slice(played.length).map((row) => ({ ...row, ...nothing }));
  return [...played, ...gone].map((row, index) => (isSame(instalments[index], row) ? instalments[index]! : row));
}

/** True where the play has asked for other principal, or on other dates, than the rows do: money has repaid principal before it was due, or does so no more. */
export function isLaidOutOtherwise({ instalments }: Pick<LoanAccount, 'instalments'>, { dues }: PaperLoan): boolean {
  const isOther = (row: Instalment, due: PaperDue | undefined): boolean =>
    row.principalMinor !== due?.principalMinor || row.dueOn !== (due.scheduledOn ?? due.dueOn);
  return dues.length > instalments.length || instalments.some((row, index) => isOther(row, dues[index]));
}

/** What a row asks for, and when. */
const termsOf = ({ dueOn, startsOn, principalMinor, interestMinor, balanceMinor }: Instalment): string =>
  `${startsOn} ${dueOn} ${principalMinor} ${interestMinor} ${balanceMinor}`;

/** True where a row is new, or asks for something else than before. */
export function asksOtherwise(before: LoanAccount, after: LoanAccount): boolean {
  return after.instalments.some((row, index) => {
    const known = before.instalments[index];
    return row !== known && (!known || termsOf(row) !== termsOf(known));
  });
}
