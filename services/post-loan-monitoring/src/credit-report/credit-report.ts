import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import type { CreditReportOccasion } from '@millrace/contracts/api';
import type { CodeFor } from '@millrace/reasons';
import type { LoanAccount } from '../loan/loan-account.js';
import { playAccount } from '../loan/play-account.js';
import { totalOf } from '../projection/due-totals.js';

/** What the bureau is told of a loan at the end of a day. Money is fen as a decimal string. */
export interface CreditReport {
  readonly lender: string;
  readonly loanId: string;
  /** Whom it is about: `firm:` and the code of the firm. */
  readonly subjectRef: string;
  readonly asOf: IsoDate;
  readonly status: string;
  readonly loanClass: string;
  readonly daysPastDue: number;
  readonly outstandingPrincipalMinor: string;
  readonly overdueMinor: string;
  readonly currency: string;
  /** It tells of arrears or a loss. */
  readonly isNegative: boolean;
  /** Why the bureau is told of the loan on this day. */
  readonly occasion: CreditReportOccasion;
}

export function creditReportOf(account: LoanAccount, subjectRef: string, asOf: IsoDate, occasion: CreditReportOccasion): CreditReport {
  const { tenantId, loanId, status, loanClass, outstandingPrincipalMinor, currency } = account;
  const loan = playAccount(account);
  const figures = { outstandingPrincipalMinor: String(outstandingPrincipalMinor), overdueMinor: String(totalOf(loan.duesOn(asOf)).totalMinor), currency };
  const daysPastDue = loan.daysPastDue(asOf);
  const stand = { status, loanClass, daysPastDue, isNegative: isNegative({ daysPastDue, status }) };
  return { lender: tenantId, loanId, subjectRef, asOf, ...stand, ...figures, occasion };
}

/** It tells of arrears or a loss. */
export const isNegative = ({ daysPastDue, status }: Pick<CreditReport, 'daysPastDue' | 'status'>): boolean => daysPastDue > 0 || status === 'WRITTEN_OFF';

/** Why negative data may not be reported yet; null where their notice was served early enough (G-CB-03, M-CB-01). */
export function withheldFor(servedOn: IsoDate | null, asOf: IsoDate, leadDays: number): CodeFor<'notice'> | null {
  if (servedOn === null) return 'REPORT_WITHOUT_NOTICE';
  return addDays(servedOn, leadDays) > asOf ? 'REPORT_BEFORE_ITS_DAY' : null;
}

/** Last day on which negative data are kept (G-CB-06), counted from the report, as the end of what it tells of is not known yet. */
export const keepUntil = (asOf: IsoDate, years: number): IsoDate => addMonths(asOf, years * 12);

/** True on the last day of a month. */
export const isMonthEnd = (day: IsoDate): boolean => addDays(day, 1).endsWith('-01');
