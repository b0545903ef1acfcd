import {
  ConsentRef,
  ContractGenerated,
  ContractSigned,
  DisbursementRequested,
  KycRequested,
  LoanActivated,
  LoanApplicationCancelled,
  LoanApplicationExpired,
  LoanApplicationRejected,
  LoanApplicationSubmitted,
  LoanApproved,
  LoanClosed,
  LoanOfferAccepted,
  LoanOfferIssued,
  ManualReviewRequested,
  PayeeAccountChanged,
  ReviewDecided,
  ScoringRequested,
  nameSha256,
  type DomainEvent,
} from '@millrace/contracts';
import type { Emitted, ProcessStatus } from '../process/loan-process.js';
import type { Change, ReviewDraft, Submission } from './application-change.js';
import type { Application, Decision } from './application.entity.js';

/** What an event may be made of: the application as it is after the step, and the step. */
export interface EventSource {
  readonly application: Application;
  readonly from: ProcessStatus;
  readonly change: Change;
  readonly review?: ReviewDraft | undefined;
  readonly submission?: Submission | undefined;
}

type Builder = (source: EventSource) => DomainEvent<unknown> | undefined;

/** A row that emits an event must come with what the event says; anything else is a programming error and aborts the step. */
function need<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`the step brings no ${what}`);
  return value;
}

function decisionOf(application: Application): Decision & { amountMinor: string; rateBps: number } {
  const decision = need(application.decision, 'decision');
  return { ...decision, amountMinor: need(decision.amountMinor, 'approved amount'), rateBps: need(decision.rateBps, 'rate') };
}

function scoring(application: Application, purpose: 'decision' | 'reject_inference'): ScoringRequested | undefined {
  const facts = application.verification?.facts;
  if (!facts) {
    if (purpose === 'decision') throw new Error('there are no verified facts to score');
    return undefined;
  }
  const { applicationId, requestedAmountMinor, productTerms, tenorMonths, repaymentMethod, policyVersion, tenantId, invoiceConsentId } = application;
  return new ScoringRequested({
    applicationId,
    purpose,
    requestedAmountMinor,
    productLimitMinor: productTerms.maxAmountMinor,
    tenorMonths,
    repaymentMethod,
    policyVersion,
    tenantId,
    invoiceConsentId,
    facts,
  });
}

/** One builder for each event that the process table names. */
const BUILDERS: Readonly<Record<Emitted, Builder>> = {
  LoanApplicationSubmitted: ({ application: a }) =>
    new LoanApplicationSubmitted({
      applicationId: a.applicationId,
      tenantId: a.tenantId,
      partnerId: a.partnerId,
      productCode: a.productCode,
      uscc: a.uscc,
      requestedAmountMinor: a.requestedAmountMinor,
      currency: a.currency,
      tenorMonths: a.tenorMonths,
      repaymentMethod: a.repaymentMethod,
      policyVersion: a.policyVersion,
      submittedAt: a.submittedAt.toISOString(),
    }),
  KycRequested: ({ application: a, submission }) =>
    new KycRequested({
      applicationId: a.applicationId,
      applicantRecordId: a.applicantRecordId,
      uscc: a.uscc,
      companyNameSha256: nameSha256(a.companyName),
      requestedAmountMinor: a.requestedAmountMinor,
      declaredRevenueMinor: a.declaredRevenueMinor,
      policyVersion: a.policyVersion,
      consents: need(submission, 'submission').consents.map(({ consentId, type, grantedAt }) =>
        Object.assign(new ConsentRef(), { consentId, type, grantedAt }),
      ),
    }),
  ScoringRequested: ({ application }) => scoring(application, 'decision'),
  RejectInferenceRequested: ({ application }) => scoring(application, 'reject_inference'),
  ManualReviewRequested: ({ application, review }) => {
    const { reviewTaskId, stage, tier, reasons, dueAt } = need(review, 'review task');
    return new ManualReviewRequested({
      applicationId: application.applicationId,
      reviewTaskId,
      stage,
      tier,
      reasons: [...reasons],
      dueAt: dueAt.toISOString(),
    });
  },
  ReviewDecided: ({ application, change }) => new ReviewDecided({ applicationId: application.applicationId, ...need(change.decided, 'decision of a person') }),
  LoanApproved: ({ application }) => {
    const { tier, amountMinor, rateBps, reasons } = decisionOf(application);
    return new LoanApproved({ applicationId: application.applicationId, tier, amountMinor, rateBps, reasons: [...reasons] });
  },
  LoanOfferIssued: ({ application, change }) => {
    const { offerId, amountMinor, rateBps, effectiveAnnualRateBps, tenorMonths, repaymentMethod, expiresAt } = need(change.offer, 'offer');
    return new LoanOfferIssued({
      applicationId: application.applicationId,
      offerId,
      amountMinor,
      rateBps,
      effectiveAnnualRateBps,
      tenorMonths,
      repaymentMethod,
      expiresAt: expiresAt.toISOString(),
    });
  },
  LoanOfferAccepted: ({ application, change }) => {
    const { offerId, acceptanceId } = need(change.acceptance, 'acceptance');
    return new LoanOfferAccepted({ applicationId: application.applicationId, offerId, acceptanceId });
  },
  ContractGenerated: ({ application: a, change }) =>
    new ContractGenerated({
      applicationId: a.applicationId,
      contractId: need(a.contractId, 'contract'),
      contractSha256: need(a.contractSha256, 'contract hash'),
      templateVersion: need(change.acceptance, 'acceptance').templateVersion,
    }),
  ContractSigned: ({ application: a, change }) =>
    new ContractSigned({
      applicationId: a.applicationId,
      contractId: need(a.contractId, 'contract'),
      contractSha256: need(a.contractSha256, 'contract hash'),
      ...need(change.signature, 'signature'),
    }),
  PayeeAccountChanged: ({ application: a, change }) =>
    new PayeeAccountChanged({ applicationId: a.applicationId, payeeRecordId: a.payeeRecordId, ...need(change.addendum, 'addendum') }),
  DisbursementRequested: ({ application: a }) =>
    new DisbursementRequested({
      applicationId: a.applicationId,
      loanId: need(a.loanId, 'loan id'),
      contractId: need(a.contractId, 'contract'),
      contractSha256: need(a.contractSha256, 'contract hash'),
      tenantId: a.tenantId,
      uscc: a.uscc,
      amountMinor: decisionOf(a).amountMinor,
      currency: a.currency,
      tenorMonths: a.tenorMonths,
      payeeRecordId: a.payeeRecordId,
      policyVersion: a.policyVersion,
      payoutId: need(a.orderedPayoutId, 'payout id'),
      // The registered name where the registry has told it: whose account it is does not follow from what the applicant typed (SEC-9).
      borrowerNameSha256: a.verification?.facts?.registeredNameSha256 ?? nameSha256(a.companyName),
    }),
  LoanActivated: ({ application: a, change }) => {
    const { amountMinor, rateBps } = decisionOf(a);
    const { payoutId, paidOn } = need(change.payment, 'payment');
    return new LoanActivated({
      applicationId: a.applicationId,
      loanId: need(a.loanId, 'loan id'),
      contractId: need(a.contractId, 'contract'),
      payoutId,
      tenantId: a.tenantId,
      partnerId: a.partnerId,
      uscc: a.uscc,
      principalMinor: amountMinor,
      currency: a.currency,
      rateBps,
      tenorMonths: a.tenorMonths,
      repaymentMethod: a.repaymentMethod,
      dayCount: a.productTerms.dayCount,
      disbursedOn: paidOn,
      policyVersion: a.policyVersion,
    });
  },
  LoanClosed: ({ application }) => new LoanClosed({ applicationId: application.applicationId, loanId: need(application.loanId, 'loan id') }),
  LoanApplicationRejected: ({ application }) => {
    const { stage, reasons } = need(application.decision, 'decision');
    return new LoanApplicationRejected({ applicationId: application.applicationId, stage, reasons: [...reasons] });
  },
  LoanApplicationExpired: ({ application, from }) =>
    new LoanApplicationExpired({ applicationId: application.applicationId, stage: from === 'OFFERED' ? 'offer' : 'contract' }),
  LoanApplicationCancelled: ({ application, change }) => new LoanApplicationCancelled({ applicationId: application.applicationId, reasonCode: change.reason }),
};

/** Events of a step, in the order of the table. */
export function buildEvents(emits: readonly Emitted[], source: EventSource): DomainEvent<unknown>[] {
  return emits.map((name) => BUILDERS[name](source)).filter((event) => event !== undefined);
}
