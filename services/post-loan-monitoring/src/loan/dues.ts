import { dayOfMonth, interestOn, percentOfBps, yearFraction, type IsoDate, type OpenDue } from '@millrace/finance';
import { isOpen, unpaidInterest, unpaidPrincipal, type Instalment, type LoanAccount } from './loan-account.js';

/** What the pure parts need of an account to say what is owed. */
export type OwingAccount = Pick<LoanAccount, 'instalments' | 'rateBps' | 'dayCount' | 'disbursedOn'>;

function due(row: Instalment, interestMinor: bigint): OpenDue {
  return { number: row.number, due: row.dueOn, feesMinor: 0n, penaltyMinor: 0n, interestMinor, principalMinor: unpaidPrincipal(row) };
}

/** Rows that are unpaid on a day and due by then. */
export function duesBy({ instalments }: OwingAccount, on: IsoDate): OpenDue[] {
  return instalments.filter((row) => row.dueOn <= on && isOpen(row)).map((row) => due(row, unpaidInterest(row)));
}

/**
 * Interest of a row that is owed if the loan ends on a day (G-PR-10): all of it from its due date, none before its period, and in between that of the
 * days that the money was out. Principal that is overdue bears none here: what it costs is penalty interest, not contract interest.
 */
function interestIfEndedOn(row: Instalment, { rateBps, dayCount, disbursedOn }: OwingAccount, on: IsoDate): bigint {
  if (row.dueOn <= on) return unpaidInterest(row);
  if (on <= row.startsOn) return 0n;
  const fraction = yearFraction(dayCount, row.startsOn, on, dayOfMonth(disbursedOn));
  return interestOn(row.balanceMinor + row.principalMinor, percentOfBps(rateBps), fraction) - row.paidInterestMinor - row.waivedInterestMinor;
}

/** What pays the loan off on a day: every unpaid principal, and interest to that day. */
export function payoffDues(account: OwingAccount, on: IsoDate): OpenDue[] {
  return account.instalments.filter(isOpen).map((row) => due(row, interestIfEndedOn(row, account, on)));
}

/** Sums of some dues, in fen. */
export interface DueTotals {
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  readonly totalMinor: bigint;
}

export function totalOf(dues: readonly OpenDue[]): DueTotals {
  const sum = (part: (one: OpenDue) => bigint): bigint => dues.reduce((total, one) => total + part(one), 0n);
  return {
    principalMinor: sum((one) => one.principalMinor),
    interestMinor: sum((one) => one.interestMinor),
    totalMinor: sum((one) => one.feesMinor + one.penaltyMinor + one.interestMinor + one.principalMinor),
  };
}
