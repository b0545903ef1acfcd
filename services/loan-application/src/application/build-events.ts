import {
  AppealDecided,
  AppealRequested,
  ConsentRef,
  ConsentRevoked,
  ContractGenerated,
  ContractSigned,
  ExplanationIssued,
  GuarantorRef,
  KycRequested,
  LoanApplicationCancelled,
  LoanApplicationExpired,
  LoanApplicationInfoCorrected,
  LoanApplicationRejected,
  LoanApplicationSubmitted,
  LoanApproved,
  LoanOfferAccepted,
  LoanOfferIssued,
  ManualReviewRequested,
  ReviewDecided,
  ScoringRequested,
  RenewalRequested,
  SupplementAnswered,
  SupplementLapsed,
  SupplementRequested,
  nameSha256,
  toldStage,
  type ApplicationStatus,
  type DomainEvent,
  type FirmFacts,
} from '@millrace/contracts';
import type { START } from '@millrace/process';
import type { ApplicationEvent } from '../process/application-process.js';
import type { DecidedReview, ReviewDraft } from '../review-task/review-draft.js';
import type { AskedConsents, Change } from './application-change.js';
import type { Application, Decision } from './application.entity.js';

/** What an event may be made of: the application as it is after the step, and the step. */
export interface EventSource {
  readonly application: Application;
  readonly from: ApplicationStatus | typeof START;
  readonly change: Change;
  readonly review?: ReviewDraft | undefined;
  readonly submission?: AskedConsents | undefined;
}

type Builder = (source: EventSource) => DomainEvent<unknown> | undefined;

/** A row that emits an event must come with what the event says; anything else is a programming error and aborts the step. */
export function need<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`the step brings no ${what}`);
  return value;
}

/** What the event of an opened task says. */
export function reviewRequested(
  applicationId: string,
  { reviewTaskId, stage, tier, reasons, dueAt }: ReviewDraft,
): ConstructorParameters<typeof ManualReviewRequested>[0] {
  return { applicationId, reviewTaskId, stage: toldStage(stage), tier, reasons: [...reasons], dueAt: dueAt.toISOString() };
}

/** What the event of a decided task says. */
export function reviewDecided(applicationId: string, decided: DecidedReview): ConstructorParameters<typeof ReviewDecided>[0] {
  return { applicationId, ...decided, stage: toldStage(decided.stage) };
}

function decisionOf(application: Application): Decision & { amountMinor: string; rateBps: number } {
  const decision = need(application.decision, 'decision');
  return { ...decision, amountMinor: need(decision.amountMinor, 'approved amount'), rateBps: need(decision.rateBps, 'rate') };
}

/** Asks for a score of an application by the facts of its verification, or by younger ones. */
export function scoring(
  application: Application,
  purpose: 'decision' | 'reject_inference',
  facts: FirmFacts | null | undefined = application.verification?.facts,
  recheckId?: string,
): ScoringRequested | undefined {
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
    ...(recheckId === undefined ? {} : { recheckId }),
    ...roundOf(application),
  });
}

/** Of a first round nothing is said, as nothing was before there were others. */
const roundOf = ({ checkRound }: Application): { round?: number } => (checkRound ? { round: checkRound } : {});

const consentRefs = (consents: AskedConsents['consents']): ConsentRef[] =>
  consents.map(({ consentId, type, grantedAt }) => Object.assign(new ConsentRef(), { consentId, type, grantedAt }));

function guarantorRef({ guarantorId, guarantorRecordId, consents }: NonNullable<AskedConsents['guarantors']>[number]): GuarantorRef {
  return Object.assign(new GuarantorRef(), { guarantorId, guarantorRecordId, consents: consentRefs(consents) });
}

/** One builder for each event that the process table names. */
const BUILDERS: Readonly<Record<ApplicationEvent, Builder>> = {
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
  RenewalRequested: ({ application: a }) =>
    new RenewalRequested({
      applicationId: a.applicationId,
      renewsLoanId: need(a.renewsLoanId, 'loan to renew'),
      tenantId: a.tenantId,
      partnerId: a.partnerId,
      uscc: a.uscc,
      requestedAmountMinor: a.requestedAmountMinor,
    }),
  KycRequested: ({ application: a, change, submission = change.submission }) => {
    const { consents, guarantors = [] } = need(submission, 'submission');
    return new KycRequested({
      applicationId: a.applicationId,
      applicantRecordId: a.applicantRecordId,
      uscc: a.uscc,
      companyNameSha256: nameSha256(a.companyName),
      requestedAmountMinor: a.requestedAmountMinor,
      declaredRevenueMinor: a.declaredRevenueMinor,
      policyVersion: a.policyVersion,
      consents: consentRefs(consents),
      ...(guarantors.length === 0 ? {} : { guarantors: guarantors.map(guarantorRef) }),
      ...roundOf(a),
    });
  },
  ScoringRequested: ({ application, change: { verified } }) => scoring(application, 'decision', verified?.facts),
  RejectInferenceRequested: ({ application }) => scoring(application, 'reject_inference'),
  AppealRequested: ({ application: a, change }) => {
    const { appealId, groundCode, evidenceIds } = need(change.appeal, 'appeal');
    return new AppealRequested({
      ...{ applicationId: a.applicationId, appealId, groundCode, evidenceIds: [...evidenceIds] },
      dueAt: need(a.deadlineAt, 'deadline').toISOString(),
    });
  },
  AppealDecided: ({ application: { applicationId }, change }) => {
    const { appealId, outcome } = need(change.appealed, 'decision of an appeal');
    return new AppealDecided({ applicationId, appealId, outcome });
  },
  ExplanationIssued: ({ application: { applicationId }, change }) => {
    const { appealId, explanation } = need(change.appealed, 'decision of an appeal');
    const { counted, reasons, wouldChange } = explanation;
    return new ExplanationIssued({ applicationId, appealId, counted: [...counted], reasons: [...reasons], wouldChange: [...wouldChange] });
  },
  SupplementRequested: ({ application: a, change }) => {
    const { round, askedBy, items } = need(change.supplement, 'request for a supplement');
    return new SupplementRequested({ applicationId: a.applicationId, round, askedBy, items: [...items], dueAt: need(a.deadlineAt, 'deadline').toISOString() });
  },
  SupplementAnswered: ({ application: { applicationId }, change }) => {
    const { supplementId, round, evidenceIds } = need(change.answer, 'answer of the applicant');
    return new SupplementAnswered({ applicationId, supplementId, round, evidenceIds: [...evidenceIds] });
  },
  SupplementLapsed: ({ application: { applicationId }, change: { evidence } }) =>
    new SupplementLapsed({ applicationId, dueAt: need(evidence.deadlineAt, 'deadline that has passed') }),
  LoanApplicationInfoCorrected: ({ application: { applicationId }, change: { correction } }) =>
    correction && new LoanApplicationInfoCorrected({ applicationId, ...correction, corrected: [...correction.corrected] }),
  ManualReviewRequested: ({ application, review }) => new ManualReviewRequested(reviewRequested(application.applicationId, need(review, 'review task'))),
  ReviewDecided: ({ application, change }) => new ReviewDecided(reviewDecided(application.applicationId, need(change.decided, 'decision of a person'))),
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
  LoanApplicationRejected: ({ application }) => {
    const { stage, reasons } = need(application.decision, 'decision');
    return new LoanApplicationRejected({ applicationId: application.applicationId, stage, reasons: [...reasons] });
  },
  LoanApplicationExpired: ({ application, from }) =>
    new LoanApplicationExpired({ applicationId: application.applicationId, stage: from === 'OFFERED' ? 'offer' : 'contract' }),
  LoanApplicationCancelled: ({ application, change }) => new LoanApplicationCancelled({ applicationId: application.applicationId, reasonCode: change.reason }),
  ConsentRevoked: ({ application, change }) => new ConsentRevoked({ applicationId: application.applicationId, ...need(change.revoked, 'consent') }),
};

/** Events of a step, in the order of the table. */
export function buildEvents(emits: readonly ApplicationEvent[], source: EventSource): DomainEvent<unknown>[] {
  return emits.map((name) => BUILDERS[name](source)).filter((event) => event !== undefined);
}
