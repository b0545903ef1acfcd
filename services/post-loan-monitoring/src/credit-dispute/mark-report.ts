import type { EventTransaction } from '@millrace/messaging';
import { BUREAU_MATTER } from '../credit-report/file-report.js';
import { planDispatches } from '../dispatch/plan-dispatch.js';
import type { LoanAccount } from '../loan/loan-account.js';
import type { StandingReport } from './disputed-report.js';

/** A mark of a report at the bureau that is asked for. */
export interface MarkDraft {
  /** Ours, and the bureau's key of it for good. */
  readonly markId: string;
  readonly disputeId: string;
  /** The mark that it takes off; left out where it is one. The bureau keeps a mark off that it gets after it was taken off. */
  readonly lifts?: string;
}

/** Plans that the bureau is asked to mark a report as disputed (异议标注), or to take the mark off. */
export async function markReport(
  tx: EventTransaction,
  { loanId, applicationId, tenantId, policyVersion }: LoanAccount,
  { reportId, content: { subjectRef } }: StandingReport,
  { markId, disputeId, lifts }: MarkDraft,
  now: Date,
): Promise<void> {
  const whose = { dispatchId: markId, tenantId, applicationId, loanId, policyVersion };
  const content = {
    lender: tenantId,
    loanId,
    disputeId,
    filingId: reportId,
    subjectRef,
    isDisputed: lifts === undefined,
    ...(lifts === undefined ? {} : { lifts }),
  };
  await planDispatches(tx, [{ ...whose, ...BUREAU_MATTER, party: 'bureau-dispute', content, sendFrom: now }], now);
}
