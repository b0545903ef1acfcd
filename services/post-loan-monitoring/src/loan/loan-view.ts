import type { IsoDate } from '@millrace/finance';
import { duesBy, payoffDues, totalOf } from './dues.js';
import { daysPastDue, isOpen, unpaidInterest, unpaidPrincipal, type LoanAccount, type LoanTerms } from './loan-account.js';
import type { Wire } from './wire.js';

/** A loan as of a business date. */
export interface LoanView extends Wire<Omit<LoanTerms, 'tenantId' | 'partnerId' | 'policyVersion'>> {
  readonly status: LoanAccount['status'];
  readonly settledOn: IsoDate | null;
  readonly outstandingPrincipalMinor: string;
  /** Money of the borrower that waits for the next due date, or is left over. */
  readonly heldMinor: string;
  /** Unpaid and due by today. */
  readonly dueMinor: string;
  /** Oldest row that is due today or later and not paid. */
  readonly nextDue: {
    readonly number: number;
    readonly dueOn: IsoDate;
    readonly principalMinor: string;
    readonly interestMinor: string;
    readonly totalMinor: string;
  } | null;
  /** Calendar days past due; 0 on the due date. */
  readonly dpd: number;
  /** What pays the loan off if it comes in today (G-PR-10); null once it is settled. */
  readonly payoff: {
    readonly on: IsoDate;
    readonly principalMinor: string;
    readonly interestMinor: string;
    readonly totalMinor: string;
    /** The total less what is held already. */
    readonly toPayMinor: string;
  } | null;
  /** Last booking on the loan; what follows from the day alone (`dueMinor`, `dpd`, `payoff`) changes without one. */
  readonly updatedAt: string;
  readonly asOf: IsoDate;
}

export function loanView(account: LoanAccount, today: IsoDate): LoanView {
  const { loanId, applicationId, contractId, currency, rateBps, tenorMonths, repaymentMethod, dayCount, disbursedOn, maturesOn, bookedAt } = account;
  return {
    loanId,
    applicationId,
    contractId,
    status: account.status,
    currency,
    principalMinor: String(account.principalMinor),
    outstandingPrincipalMinor: String(account.outstandingPrincipalMinor),
    heldMinor: String(account.heldMinor),
    dueMinor: String(totalOf(duesBy(account, today)).totalMinor),
    rateBps,
    tenorMonths,
    repaymentMethod,
    dayCount,
    instalmentMinor: String(account.instalmentMinor),
    totalInterestMinor: String(account.totalInterestMinor),
    disbursedOn,
    maturesOn,
    settledOn: account.settledOn,
    nextDue: nextDue(account, today),
    dpd: daysPastDue(account, today),
    payoff: account.settledOn !== null ? null : payoff(account, today),
    bookedAt,
    updatedAt: account.updatedAt,
    asOf: today,
  };
}

function nextDue({ instalments }: LoanAccount, today: IsoDate): LoanView['nextDue'] {
  const next = instalments.find((row) => row.dueOn >= today && isOpen(row));
  if (!next) return null;
  const [principalMinor, interestMinor] = [unpaidPrincipal(next), unpaidInterest(next)];
  return {
    number: next.number,
    dueOn: next.dueOn,
    principalMinor: String(principalMinor),
    interestMinor: String(interestMinor),
    totalMinor: String(principalMinor + interestMinor),
  };
}

function payoff(account: LoanAccount, today: IsoDate): LoanView['payoff'] {
  // The books may be ahead of today's date by the bank's clock; money counts from their last day then.
  const on = today > account.valuedOn ? today : account.valuedOn;
  const { principalMinor, interestMinor, totalMinor } = totalOf(payoffDues(account, on));
  return {
    on,
    principalMinor: String(principalMinor),
    interestMinor: String(interestMinor),
    totalMinor: String(totalMinor),
    toPayMinor: String(totalMinor - account.heldMinor),
  };
}
