import type { DayCount, GuaranteeStatus, LoanClass, LoanClauses as SignedClauses, LoanStatus, PrepaymentEffect, RepaymentMethod } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { BookedMisuse } from './misuse.js';

/** One row of the schedule with what became of it; amounts in fen. */
export interface Instalment {
  /** 1 for the first. */
  readonly number: number;
  /** First day of the interest period: the disbursement or the due date before. */
  readonly startsOn: IsoDate;
  readonly dueOn: IsoDate;
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  /** Principal owed after this row, by the schedule. */
  readonly balanceMinor: bigint;
  readonly paidPrincipalMinor: bigint;
  readonly paidInterestMinor: bigint;
  /** Interest that is not owed because the loan was paid off before the period ended (G-PR-10). */
  readonly waivedInterestMinor: bigint;
}

/** What the signed contract says of lateness, misuse and early repayment. */
export type LoanClauses = Readonly<SignedClauses>;

/** Terms of a loan that never change, as the contract has them. */
export interface LoanTerms {
  readonly loanId: string;
  readonly applicationId: string;
  readonly contractId: string;
  readonly tenantId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly principalMinor: bigint;
  readonly rateBps: number;
  readonly tenorMonths: number;
  readonly repaymentMethod: RepaymentMethod;
  readonly dayCount: DayCount;
  readonly disbursedOn: IsoDate;
  readonly maturesOn: IsoDate;
  readonly instalmentMinor: bigint;
  readonly totalInterestMinor: bigint;
  readonly policyVersion: string;
  /** Null where the loan was booked before loans named theirs. */
  readonly productCode: string | null;
  /** Null where the contract was signed before contracts said it: no penalty, no grace, no fee, no moved dates. */
  readonly clauses: LoanClauses | null;
  readonly bookedAt: string;
}

/** Money of the borrower that counts: a repayment that nobody has taken back. */
export interface BookedMovement {
  readonly repaymentId: string;
  /** Day from which it counts. */
  readonly valueOn: IsoDate;
  readonly amountMinor: bigint;
  /** It is the loan that renews this one, and no money came in. */
  readonly isRenewal?: true | undefined;
  /** The borrower has said that it is to repay principal before it is due, and what is to change by that; null for money that pays what is due. */
  readonly prepaymentEffect?: PrepaymentEffect | null;
}

/** New terms after the contract, which were agreed, or are the rate of the market for a rate that floats; the loan is played by them from their day on. */
export interface TermsChange {
  readonly changeId: string;
  readonly kind: 'extension' | 'restructuring' | 'rate_change';
  readonly valueOn: IsoDate;
  /** New dates of what was not due yet; null where they stayed. */
  readonly dueDates: readonly IsoDate[] | null;
  readonly rateBps: number | null;
  /** Months that the term has become longer by. */
  readonly months: number;
}

/** A loan with its schedule and the money that came in for it. */
export interface LoanAccount extends LoanTerms {
  readonly status: LoanStatus;
  /** As the close of its days and its repayments have left it. */
  readonly loanClass: LoanClass;
  /** What becomes of who stands for it; null where nobody does. */
  readonly guaranteeStatus: GuaranteeStatus | null;
  readonly outstandingPrincipalMinor: bigint;
  /** Money of the borrower that is neither due nor a full payoff. */
  readonly heldMinor: bigint;
  /** Latest value date of a posting. */
  readonly valuedOn: IsoDate;
  readonly settledOn: IsoDate | null;
  /** Day on which its file was closed; null before. */
  readonly closedOn: IsoDate | null;
  /** Day until which its closed file is kept at least; null before. */
  readonly retainUntil: IsoDate | null;
  /** Day from which all of it is due; null for a loan that was not called in. */
  readonly acceleratedOn: IsoDate | null;
  /** Day from which it is in the books no more; null for a loan that was not written off. */
  readonly writtenOffOn: IsoDate | null;
  /** Request that has written it off. */
  readonly writeOffId: string | null;
  /** Day from which the claim is that of whoever has bought it; null for a loan that was not sold. */
  readonly transferredOn: IsoDate | null;
  /** Request that has sold it. */
  readonly transferId: string | null;
  /** Name of the firm that has bought it. */
  readonly transferredTo: string | null;
  /** Loan that this one has renewed; null for one that was paid out. */
  readonly renewsLoanId: string | null;
  /** Loan that has renewed this one; null where none has. */
  readonly renewedByLoanId: string | null;
  /** Day from which the bank has given its payout back, so that it is void; null for a loan that lives, or has. */
  readonly returnedOn: IsoDate | null;
  /** The line of the statement that has brought the payout back. */
  readonly returnLineId: string | null;
  /** Day from which its books accrue; null for a loan of before that no close has opened yet. */
  readonly accruesFrom: IsoDate | null;
  /** Last day on which something of it was paid late; null where nothing was. */
  readonly lateUntil: IsoDate | null;
  /** Last day whose accrual is posted for every loan of the tenant; one more may be under way. */
  readonly accruedThrough: IsoDate | null;
  /** Last booking on the loan. */
  readonly updatedAt: string;
  /** Number and seal of the newest row of its history. */
  readonly historySeq: number;
  readonly historyHead: string;
  /** In the order of their due dates. */
  readonly instalments: readonly Instalment[];
  /** In the order of recording. */
  readonly movements: readonly BookedMovement[];
  /** In the order of recording; a loan that keeps the terms of its contract has none. */
  readonly changes: readonly TermsChange[];
  /** In the order of their days. */
  readonly misuses: readonly BookedMisuse[];
}

export function unpaidPrincipal({ principalMinor, paidPrincipalMinor }: Instalment): bigint {
  return principalMinor - paidPrincipalMinor;
}

export function unpaidInterest({ interestMinor, paidInterestMinor, waivedInterestMinor }: Instalment): bigint {
  return interestMinor - paidInterestMinor - waivedInterestMinor;
}

export function isOpen(row: Instalment): boolean {
  return unpaidPrincipal(row) > 0n || unpaidInterest(row) > 0n;
}
