import type { LoanAnswer } from '@millrace/contracts/api';
import type { IsoDate } from '@millrace/finance';
import { bucketOf } from '../classification/bucket.js';
import { totalOf } from '../projection/due-totals.js';
import type { PaperLoan } from '../projection/paper-loan.js';
import { isOpen, unpaidInterest, unpaidPrincipal, type LoanAccount } from './loan-account.js';
import { playAccount } from './play-account.js';
import { rateOn } from './rate-on.js';

/** A loan as of a business date, as the API describes it. */
export type LoanView = LoanAnswer;

export function loanView(account: LoanAccount, today: IsoDate): LoanView {
  const { loanId, applicationId, contractId, currency, tenorMonths, repaymentMethod, dayCount, disbursedOn, maturesOn, bookedAt } = account;
  // What a due asks for without the interest of misused money shows when its day has come.
  const loan = playAccount(account, account.misuses.length > 0 && today > account.valuedOn ? today : account.valuedOn);
  const dpd = loan.daysPastDue(today);
  const { penaltyMinor, compoundMinor } = loan.lateChargesOn(today);
  return {
    loanId,
    applicationId,
    contractId,
    status: account.status,
    currency,
    principalMinor: String(account.principalMinor),
    outstandingPrincipalMinor: String(account.outstandingPrincipalMinor),
    heldMinor: String(account.heldMinor),
    dueMinor: String(totalOf(loan.duesOn(today)).totalMinor),
    penaltyMinor: String(penaltyMinor),
    compoundMinor: String(compoundMinor),
    rateBps: rateOn(account, today),
    tenorMonths,
    repaymentMethod,
    dayCount,
    instalmentMinor: String(account.instalmentMinor),
    totalInterestMinor: String(account.totalInterestMinor),
    disbursedOn,
    maturesOn,
    extendedOn: account.changes.findLast(({ kind }) => kind === 'extension')?.valueOn ?? null,
    restructuredOn: account.changes.findLast(({ kind }) => kind === 'restructuring')?.valueOn ?? null,
    settledOn: account.returnedOn === null ? account.settledOn : null,
    returnedOn: account.returnedOn,
    transferredOn: account.transferredOn,
    transferredTo: account.transferredTo,
    renewsLoanId: account.renewsLoanId,
    renewedByLoanId: account.renewedByLoanId,
    closedOn: account.closedOn,
    retainUntil: account.retainUntil,
    nextDue: nextDue(account, today),
    dpd,
    bucket: bucketOf(dpd),
    loanClass: account.loanClass,
    guaranteeStatus: account.guaranteeStatus,
    clauses: account.clauses,
    payoff: account.settledOn !== null || account.transferredOn !== null ? null : payoff(account, loan, today),
    bookedAt,
    updatedAt: account.updatedAt,
    asOf: today,
  };
}

function nextDue({ instalments, acceleratedOn }: LoanAccount, today: IsoDate): LoanView['nextDue'] {
  // All of it is due.
  if (acceleratedOn !== null) return null;
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

function payoff({ valuedOn, heldMinor }: LoanAccount, loan: PaperLoan, today: IsoDate): LoanView['payoff'] {
  // The books may be ahead of today's date by the bank's clock; money counts from their last day then.
  const on = today > valuedOn ? today : valuedOn;
  const { principalMinor, interestMinor, penaltyMinor, feesMinor, totalMinor } = totalOf(loan.payoffDuesOn(on));
  return {
    on,
    principalMinor: String(principalMinor),
    interestMinor: String(interestMinor),
    penaltyMinor: String(penaltyMinor),
    feesMinor: String(feesMinor),
    totalMinor: String(totalMinor),
    toPayMinor: String(totalMinor - heldMinor),
  };
}
