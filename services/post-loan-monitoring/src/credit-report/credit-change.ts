import type { LoanStatus } from '@millrace/contracts';
import type { CreditReportOccasion } from '@millrace/contracts/api';
import { LOAN_PROCESS } from '../loan/loan-process.js';
import type { CreditReport } from './credit-report.js';

/** What of a report says whether the bureau has to be told of the loan again before the month ends. */
export type ReportedStanding = Pick<CreditReport, 'isNegative'> & { readonly status: LoanStatus };

/** A change that the bureau is told on its day. */
export type CreditChange = Exclude<CreditReportOccasion, 'month_end' | 'correction'>;

/** What the bureau takes a loan for of which it was told nothing yet. */
const UNTOLD: ReportedStanding = { status: 'ACTIVE', isNegative: false };

/** Statuses of loans that are owed, by the table of their process. */
export const OWED_STATUSES: readonly LoanStatus[] = LOAN_PROCESS.statuses.filter((status) => LOAN_PROCESS.isLive(status));

/**
 * The ONE list of changes that the bureau is told on the day on which they happen, and not at the month end (R-LG-03, M-CB-02): that a loan begins or ends to be
 * late, is written off, is repaid, is sold, has its file closed, or is owed again. A loan that comes before a court, or is called in, is told with the next report: the
 * bureau knows its arrears by then.
 * @param told what the bureau was told last; null where it was told nothing
 * @returns null where the bureau knows the loan as it stands
 */
export function creditChangeOf(told: ReportedStanding | null, now: ReportedStanding): CreditChange | null {
  const known = told ?? UNTOLD;
  const [wasOwed, isOwed] = [LOAN_PROCESS.isLive(known.status), LOAN_PROCESS.isLive(now.status)];
  if (now.status === 'CLOSED' && known.status !== 'CLOSED') return 'closed';
  if (now.status === 'TRANSFERRED' && known.status !== 'TRANSFERRED') return 'transferred';
  if (wasOwed !== isOwed) return isOwed ? 'reopened' : 'settled';
  if (now.status === 'WRITTEN_OFF' && known.status !== 'WRITTEN_OFF') return 'written_off';
  if (now.isNegative === known.isNegative) return null;
  return now.isNegative ? 'arrears_began' : 'arrears_ended';
}
