import {
  AgreedGuarantee,
  DisbursementRequested,
  DrawdownExpired,
  LoanActivated,
  LoanApplicationCancelled,
  LoanApplicationRejected,
  LoanClosed,
  LoanClosureReversed,
  LoanReturned,
  ManualReviewRequested,
  PayeeAccountChanged,
  RecheckRequested,
  RenewalSettled,
  RenewalSettlementRequested,
  ReviewDecided,
  nameSha256,
  type DomainEvent,
} from '@millrace/contracts';
import { need, reviewDecided, reviewRequested } from '../application/build-events.js';
import type { DrawdownEvent } from '../process/drawdown-process.js';
import type { ReviewDraft } from '../review-task/review-draft.js';
import type { DrawdownChange, DrawdownFile } from './drawdown-change.js';

/** What an event may be made of: the drawdown as it is after the step, and the step. */
export interface DrawdownEventSource {
  readonly drawdown: DrawdownFile;
  readonly change: DrawdownChange;
  readonly review?: ReviewDraft | undefined;
}

/** One builder for each event that the process table names. */
const BUILDERS: Readonly<Record<DrawdownEvent, (source: DrawdownEventSource) => DomainEvent<unknown>>> = {
  RecheckRequested: ({ drawdown: { applicationId, tenantId, policyVersion, recheck } }) =>
    new RecheckRequested({ applicationId, recheckId: need(recheck, 're-check').recheckId, tenantId, policyVersion }),
  ScoringRequested: ({ change }) => need(change.scoring, 'request for a score'),
  DisbursementRequested: ({ drawdown: d }) =>
    new DisbursementRequested({
      applicationId: d.applicationId,
      loanId: d.loanId,
      contractId: d.contractId,
      contractSha256: d.contractSha256,
      tenantId: d.tenantId,
      uscc: d.uscc,
      amountMinor: d.amountMinor,
      currency: d.currency,
      tenorMonths: d.tenorMonths,
      payeeRecordId: d.payeeRecordId,
      policyVersion: d.policyVersion,
      payoutId: need(d.orderedPayoutId, 'payout id'),
      // Whose account it is does not follow from what the applicant typed (SEC-9).
      borrowerNameSha256: d.registeredNameSha256 ?? nameSha256(d.companyName),
    }),
  RenewalSettlementRequested: ({ drawdown: d, change }) => {
    const { signedOn, renewedApplicationId } = need(change.signed, 'signature of a renewal');
    const renewsLoanId = need(d.renewsLoanId, 'loan to renew');
    const ids = { storyId: renewedApplicationId, applicationId: d.applicationId, loanId: d.loanId, renewsLoanId };
    return new RenewalSettlementRequested({ ...ids, settlementId: need(d.orderedPayoutId, 'settlement id'), ...loanTerms(d), signedOn });
  },
  RenewalSettled: ({ drawdown: d }) =>
    new RenewalSettled({
      ...{ applicationId: d.applicationId, loanId: d.loanId, renewedLoanId: need(d.renewsLoanId, 'renewed loan') },
      ...{ contractId: d.contractId, contractSha256: d.contractSha256, settlementId: need(d.orderedPayoutId, 'id') },
      ...{ tenantId: d.tenantId, uscc: d.uscc, amountMinor: d.amountMinor, policyVersion: d.policyVersion },
    }),
  ManualReviewRequested: ({ drawdown, review }) => new ManualReviewRequested(reviewRequested(drawdown.applicationId, need(review, 'review task'))),
  ReviewDecided: ({ drawdown, change }) => new ReviewDecided(reviewDecided(drawdown.applicationId, need(change.decided, 'decision of a person'))),
  PayeeAccountChanged: ({ drawdown: d, change }) =>
    new PayeeAccountChanged({ applicationId: d.applicationId, payeeRecordId: d.payeeRecordId, ...need(change.addendum, 'addendum') }),
  LoanActivated: ({ drawdown: d, change }) => {
    const { payoutId, paidOn } = need(change.payment, 'payment');
    return new LoanActivated({ applicationId: d.applicationId, loanId: d.loanId, payoutId, disbursedOn: paidOn, ...loanTerms(d) });
  },
  LoanReturned: ({ drawdown: { applicationId, loanId }, change }) => new LoanReturned({ applicationId, loanId, ...need(change.returned, 'return') }),
  LoanClosed: ({ drawdown: { applicationId, loanId }, change: { transferredOn } }) =>
    new LoanClosed({ applicationId, loanId, ...(transferredOn === undefined ? {} : { transferredOn }) }),
  LoanClosureReversed: ({ drawdown: { applicationId, loanId }, change }) => new LoanClosureReversed({ applicationId, loanId, ...change.owedAgain }),
  LoanApplicationCancelled: ({ drawdown: { applicationId }, change }) => new LoanApplicationCancelled({ applicationId, reasonCode: change.reason }),
  DrawdownExpired: ({ drawdown: { applicationId, drawdownId } }) => new DrawdownExpired({ applicationId, drawdownId }),
  // Partners and spokes know this event as the end of what was applied for, whichever step it comes at.
  LoanApplicationRejected: ({ drawdown }) => {
    const { stage, reasons } = need(drawdown.refusal, 'refusal');
    return new LoanApplicationRejected({ applicationId: drawdown.applicationId, stage, reasons: [...reasons] });
  },
};

/** Terms that a loan is booked by. */
function loanTerms(
  d: DrawdownFile,
): Omit<ConstructorParameters<typeof RenewalSettlementRequested>[0], 'storyId' | 'applicationId' | 'loanId' | 'renewsLoanId' | 'settlementId' | 'signedOn'> {
  // Not read is not the same as not agreed: a loan without its clauses would bear no penalty for good, and one without its guarantees none would answer for.
  if (d.clauses === undefined || d.guarantees === undefined) throw new Error(`the contract of loan ${d.loanId} was not read`);
  return {
    contractId: d.contractId,
    tenantId: d.tenantId,
    partnerId: d.partnerId,
    uscc: d.uscc,
    principalMinor: d.amountMinor,
    currency: d.currency,
    rateBps: d.rateBps,
    tenorMonths: d.tenorMonths,
    repaymentMethod: d.repaymentMethod,
    dayCount: d.dayCount as LoanActivated['dayCount'],
    policyVersion: d.policyVersion,
    productCode: d.productCode,
    industryCode: d.industryCode,
    ...(d.clauses ? { clauses: d.clauses } : {}),
    ...(d.guarantees ? { guarantees: d.guarantees.map((one) => Object.assign(new AgreedGuarantee(), one)) } : {}),
  };
}

/** Events of a step, in the order of the table. */
export function buildDrawdownEvents(emits: readonly DrawdownEvent[], source: DrawdownEventSource): DomainEvent<unknown>[] {
  return emits.map((name) => BUILDERS[name](source));
}
