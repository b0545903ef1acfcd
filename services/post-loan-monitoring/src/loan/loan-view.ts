import type { LoanAnswer } from '@millrace/contracts/api';
import type { IsoDate } from '@millrace/finance';
import { duesBy, payoffDues, totalOf } from './dues.js';
import { daysPastDue, isOpen, unpaidInterest, unpaidPrincipal, type LoanAccount } from './loan-account.js';

/** A loan as of a business date, as the API describes it. */
export type LoanView = LoanAnswer;

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
    clauses: account.clauses,
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
