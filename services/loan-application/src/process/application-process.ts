/**
 * The life of an application, as data (M-EV-08, M-AP-03). Nothing else routes: whoever wants to know what follows what reads this
 * file, or `docs/loan-process.md`, which is made from it. Policy (who is rejected, at what price) lives elsewhere; here are only outcomes.
 */
import type { ApplicationStatus, ReviewStage } from '@millrace/contracts';
import { Process, START, type ProcessRow, type StatusRule } from '@millrace/process';

const TRIGGERS = {
  Submitted: 'the applicant submits, with every consent',
  RenewalSubmitted: 'the applicant submits a renewal of a loan, with every consent',
  EntryRefused: 'what the application itself says stands against it: size, age, industry, region or use of the money',
  RenewalEligible: 'the books say that the loan may be renewed',
  RenewalRefused: 'the books say that the loan may not be renewed',
  KycPassed: 'verification is clean',
  KycReferred: 'verification needs a person',
  KycRejected: 'verification found a hard rule or red fraud',
  ReviewCleared: 'a person decides the open task with yes',
  ReviewClearedForCommittee: 'the visit is reported, and the committee decides',
  ReviewRejected: 'a person decides the open task with no',
  ScoredApprove: 'a score came and policy approves by itself (T0)',
  ScoredRefer: 'a score came and policy wants a person',
  ScoredVisit: 'a score came and policy wants the firm visited first (T3)',
  ScoredCommittee: 'a score came and policy wants the credit committee (T2)',
  ScoredReject: 'a score came and policy rejects',
  ScoringFailed: 'no score can be given: the invoices cannot be read, or their source stayed away',
  ScoreRecorded: 'a score for model monitoring came (reject inference, R-ID-08)',
  OfferAccepted: 'the applicant takes the offer',
  OfferDeclined: 'the applicant declines the offer',
  ContractSigned: 'the signature service confirms the signature',
  GuarantorRefused: 'a guarantor does not sign its contract',
  SupplementNeeded: 'verification found what the applicant can mend, and may still be asked for',
  SupplementAsked: 'a person asks the applicant to correct or add something',
  Supplemented: 'the applicant answers what it was asked',
  AppealRequested: 'the applicant wants a person to look at a refusal by the engine again',
  InfoCorrected: 'the applicant has what it declared corrected on its file',
  DeadlinePassed: 'the deadline of the status is over',
  Cancelled: 'the applicant withdraws',
  ConsentRevoked: 'a consent that the product needs is withdrawn (G-PI-01)',
} as const;
export type ApplicationTrigger = keyof typeof TRIGGERS;

/** Events that a row can emit; `RejectInferenceRequested` is ScoringRequested for monitoring, sent only where the firm's facts are known. */
export type ApplicationEvent =
  | 'LoanApplicationSubmitted'
  | 'RenewalRequested'
  | 'KycRequested'
  | 'AppealRequested'
  | 'AppealDecided'
  | 'ExplanationIssued'
  | 'SupplementRequested'
  | 'SupplementAnswered'
  | 'SupplementLapsed'
  | 'LoanApplicationInfoCorrected'
  | 'ManualReviewRequested'
  | 'ReviewDecided'
  | 'ScoringRequested'
  | 'RejectInferenceRequested'
  | 'LoanApproved'
  | 'LoanOfferIssued'
  | 'LoanOfferAccepted'
  | 'ContractGenerated'
  | 'ContractSigned'
  | 'LoanApplicationRejected'
  | 'LoanApplicationExpired'
  | 'LoanApplicationCancelled'
  | 'ConsentRevoked';

type Row = ProcessRow<ApplicationStatus, ApplicationTrigger, ApplicationEvent>;
const row = (from: Row['from'], on: ApplicationTrigger, next: ApplicationStatus, ...emits: ApplicationEvent[]): Row => ({ from, on, next, emits });

const REVIEW = { waitingFor: 'staff', deadline: { name: 'reviewBusinessDays', reason: 'REVIEW_OVERDUE' }, decider: 'person', outcome: 'referred' } as const;
const STATUSES: Readonly<Record<ApplicationStatus, StatusRule<ReviewStage>>> = {
  CHECKING: { party: 'kyc-antifraud', waitingFor: 'system', deadline: { name: 'verificationHours', reason: 'VERIFICATION_TIMED_OUT' }, decider: 'engine' },
  SUPPLEMENT_REQUIRED: { party: 'applicant', waitingFor: 'applicant', deadline: { name: 'supplementDays', reason: 'SUPPLEMENT_OVERDUE' } },
  ENHANCED_REVIEW: { party: 'risk_officer', task: 'verification', ...REVIEW },
  SCORING: { party: 'scoring', waitingFor: 'system', deadline: { name: 'scoringHours', reason: 'SCORING_TIMED_OUT' }, decider: 'engine' },
  FIELD_INVESTIGATION: { party: 'investigator', task: 'visit', ...REVIEW, deadline: { name: 'visitBusinessDays', reason: 'REVIEW_OVERDUE' } },
  REVIEW_SINGLE: { party: 'credit_approver', task: 'approval', ...REVIEW },
  APPEAL_REVIEW: {
    party: 'risk_officer',
    task: 'appeal',
    waitingFor: 'staff',
    deadline: { name: 'appealBusinessDays', reason: 'APPEAL_OVERDUE' },
    decider: 'person',
  },
  REVIEW_COMMITTEE: { party: 'credit_committee', task: 'committee', ...REVIEW },
  OFFERED: { party: 'applicant', waitingFor: 'applicant', deadline: { name: 'offerDays', reason: 'OFFER_EXPIRED' }, outcome: 'approved' },
  CONTRACTING: { party: 'applicant', waitingFor: 'applicant', deadline: { name: 'contractDays', reason: 'CONTRACT_EXPIRED' } },
  COMPLETED: { party: null, waitingFor: null },
  REJECTED: { party: null, waitingFor: null, outcome: 'rejected' },
  CANCELLED: { party: null, waitingFor: null },
  EXPIRED: { party: null, waitingFor: null },
};

/** Wherever the application goes on. */
const LIVE = Object.entries(STATUSES).flatMap(([status, { party }]) => (party === null ? [] : [status as ApplicationStatus]));

const REJECTED_WITH_INFERENCE = ['LoanApplicationRejected', 'RejectInferenceRequested'] as const;
const REFUSED_OR_GIVEN_UP = ['REJECTED', 'CANCELLED', 'EXPIRED'] as const;
const ENDED = ['COMPLETED', ...REFUSED_OR_GIVEN_UP] as const;
/** Where people decide on the loan. */
const DECIDING = ['FIELD_INVESTIGATION', 'REVIEW_SINGLE', 'REVIEW_COMMITTEE'] as const;
/** Where nobody waits for a score any more. */
const SCORED = ['FIELD_INVESTIGATION', 'REVIEW_COMMITTEE'] as const;
const AFTER_SCORE = ['OFFERED', 'CONTRACTING', ...ENDED] as const;

export const APPLICATION_PROCESS = new Process<ApplicationStatus, ApplicationTrigger, ApplicationEvent, ReviewStage>({
  name: 'application',
  about: 'From the submission to the signed contract. The money is the matter of the drawdown, which begins with the signature.',
  statuses: STATUSES,
  triggers: TRIGGERS,
  personTriggers: [
    'Submitted',
    'RenewalSubmitted',
    'EntryRefused',
    'Supplemented',
    'SupplementAsked',
    'AppealRequested',
    'InfoCorrected',
    'ReviewCleared',
    'ReviewClearedForCommittee',
    'ReviewRejected',
    'OfferAccepted',
    'OfferDeclined',
    'Cancelled',
  ],
  withdrawal: 'Cancelled',
  rows: [
    row(START, 'Submitted', 'CHECKING', 'LoanApplicationSubmitted', 'KycRequested'),

    // Nobody outside is asked about a firm that cannot be lent to (M-AP-13).
    row(START, 'EntryRefused', 'REJECTED', 'LoanApplicationSubmitted', 'LoanApplicationRejected'),

    // No outside source is asked about a firm whose loan cannot be renewed.
    row(START, 'RenewalSubmitted', 'CHECKING', 'LoanApplicationSubmitted', 'RenewalRequested'),
    row('CHECKING', 'RenewalEligible', 'CHECKING', 'KycRequested'),
    row('CHECKING', 'RenewalRefused', 'REJECTED', 'LoanApplicationRejected'),
    row('ENHANCED_REVIEW', 'RenewalEligible', 'ENHANCED_REVIEW', 'KycRequested'),
    row('ENHANCED_REVIEW', 'RenewalRefused', 'REJECTED', 'LoanApplicationRejected'),

    row('CHECKING', 'KycPassed', 'SCORING', 'ScoringRequested'),
    row('CHECKING', 'KycReferred', 'ENHANCED_REVIEW', 'ManualReviewRequested'),
    row('CHECKING', 'KycRejected', 'REJECTED', ...REJECTED_WITH_INFERENCE),
    // A source that stays away for a day makes work for a person, never an approval (S06).
    row('CHECKING', 'DeadlinePassed', 'ENHANCED_REVIEW', 'ManualReviewRequested'),
    row('CHECKING', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('ENHANCED_REVIEW', 'ReviewCleared', 'SCORING', 'ReviewDecided', 'ScoringRequested'),
    row('ENHANCED_REVIEW', 'ReviewRejected', 'REJECTED', 'ReviewDecided', ...REJECTED_WITH_INFERENCE),
    // Facts that come after the deadline help the person, who still decides; a hard rule decides by itself.
    row('ENHANCED_REVIEW', 'KycPassed', 'ENHANCED_REVIEW'),
    row('ENHANCED_REVIEW', 'KycReferred', 'ENHANCED_REVIEW'),
    row('ENHANCED_REVIEW', 'KycRejected', 'REJECTED', ...REJECTED_WITH_INFERENCE),
    row('ENHANCED_REVIEW', 'DeadlinePassed', 'ENHANCED_REVIEW'),
    row('ENHANCED_REVIEW', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    // What the applicant can mend itself is asked of it before a person is (R-AP-08); its answer has the checks run again.
    row('CHECKING', 'SupplementNeeded', 'SUPPLEMENT_REQUIRED', 'SupplementRequested'),
    row('ENHANCED_REVIEW', 'SupplementAsked', 'SUPPLEMENT_REQUIRED', 'SupplementRequested'),
    row('REVIEW_SINGLE', 'SupplementAsked', 'SUPPLEMENT_REQUIRED', 'SupplementRequested'),
    row('SUPPLEMENT_REQUIRED', 'Supplemented', 'CHECKING', 'SupplementAnswered', 'LoanApplicationInfoCorrected', 'KycRequested'),
    // Late answers of the round before are kept; a hard rule decides by itself.
    row('SUPPLEMENT_REQUIRED', 'KycPassed', 'SUPPLEMENT_REQUIRED'),
    row('SUPPLEMENT_REQUIRED', 'KycReferred', 'SUPPLEMENT_REQUIRED'),
    row('SUPPLEMENT_REQUIRED', 'KycRejected', 'REJECTED', ...REJECTED_WITH_INFERENCE),
    row('SUPPLEMENT_REQUIRED', 'RenewalRefused', 'REJECTED', 'LoanApplicationRejected'),
    row('SUPPLEMENT_REQUIRED', 'DeadlinePassed', 'EXPIRED', 'SupplementLapsed'),
    row('SUPPLEMENT_REQUIRED', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('SCORING', 'ScoredApprove', 'OFFERED', 'LoanApproved', 'LoanOfferIssued'),
    row('SCORING', 'ScoredRefer', 'REVIEW_SINGLE', 'ManualReviewRequested'),
    row('SCORING', 'ScoredVisit', 'FIELD_INVESTIGATION', 'ManualReviewRequested'),
    row('SCORING', 'ScoredCommittee', 'REVIEW_COMMITTEE', 'ManualReviewRequested'),
    row('SCORING', 'ScoredReject', 'REJECTED', 'LoanApplicationRejected'),
    // What stood in the way may be over or mended: the person may have it scored anew, or reject.
    row('SCORING', 'ScoringFailed', 'ENHANCED_REVIEW', 'ManualReviewRequested'),
    row('SCORING', 'KycRejected', 'REJECTED', ...REJECTED_WITH_INFERENCE),
    // Without a score the person may only reject or wait for it: see decide-review.ts.
    row('SCORING', 'DeadlinePassed', 'REVIEW_SINGLE', 'ManualReviewRequested'),
    row('SCORING', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('REVIEW_SINGLE', 'ReviewCleared', 'OFFERED', 'ReviewDecided', 'LoanApproved', 'LoanOfferIssued'),
    row('REVIEW_SINGLE', 'ReviewRejected', 'REJECTED', 'ReviewDecided', 'LoanApplicationRejected'),
    row('REVIEW_SINGLE', 'ScoredApprove', 'REVIEW_SINGLE'),
    row('REVIEW_SINGLE', 'ScoredRefer', 'REVIEW_SINGLE'),
    row('REVIEW_SINGLE', 'ScoredVisit', 'FIELD_INVESTIGATION', 'ManualReviewRequested'),
    row('REVIEW_SINGLE', 'ScoredCommittee', 'REVIEW_COMMITTEE', 'ManualReviewRequested'),
    row('REVIEW_SINGLE', 'ScoredReject', 'REJECTED', 'LoanApplicationRejected'),
    row('REVIEW_SINGLE', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('REVIEW_SINGLE', 'DeadlinePassed', 'REVIEW_SINGLE'),
    row('REVIEW_SINGLE', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('FIELD_INVESTIGATION', 'ReviewCleared', 'REVIEW_SINGLE', 'ReviewDecided', 'ManualReviewRequested'),
    row('FIELD_INVESTIGATION', 'ReviewClearedForCommittee', 'REVIEW_COMMITTEE', 'ReviewDecided', 'ManualReviewRequested'),
    row('FIELD_INVESTIGATION', 'ReviewRejected', 'REJECTED', 'ReviewDecided', 'LoanApplicationRejected'),
    row('FIELD_INVESTIGATION', 'ScoredReject', 'REJECTED', 'LoanApplicationRejected'),
    row('FIELD_INVESTIGATION', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('FIELD_INVESTIGATION', 'DeadlinePassed', 'FIELD_INVESTIGATION'),
    row('FIELD_INVESTIGATION', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('REVIEW_COMMITTEE', 'ReviewCleared', 'OFFERED', 'ReviewDecided', 'LoanApproved', 'LoanOfferIssued'),
    row('REVIEW_COMMITTEE', 'ReviewRejected', 'REJECTED', 'ReviewDecided', 'LoanApplicationRejected'),
    // What nobody may set aside ends the sitting.
    row('REVIEW_COMMITTEE', 'ScoredReject', 'REJECTED', 'LoanApplicationRejected'),
    row('REVIEW_COMMITTEE', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('REVIEW_COMMITTEE', 'DeadlinePassed', 'REVIEW_COMMITTEE'),
    row('REVIEW_COMMITTEE', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('OFFERED', 'OfferAccepted', 'CONTRACTING', 'LoanOfferAccepted', 'ContractGenerated'),
    row('OFFERED', 'OfferDeclined', 'CANCELLED', 'LoanApplicationCancelled'),
    row('OFFERED', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('OFFERED', 'DeadlinePassed', 'EXPIRED', 'LoanApplicationExpired'),
    row('OFFERED', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('CONTRACTING', 'ContractSigned', 'COMPLETED', 'ContractSigned'),
    // The loan was decided on with its guarantors, and is not lent without one of them.
    row('CONTRACTING', 'GuarantorRefused', 'CANCELLED', 'LoanApplicationCancelled'),
    row('CONTRACTING', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('CONTRACTING', 'DeadlinePassed', 'EXPIRED', 'LoanApplicationExpired'),
    row('CONTRACTING', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('REJECTED', 'ScoreRecorded', 'REJECTED'),

    // A refusal by the engine is no end where the applicant wants a person to look (G-PI-03); what the corrected data comes to is kept and decides nothing.
    {
      ...row('REJECTED', 'AppealRequested', 'APPEAL_REVIEW', 'AppealRequested', 'LoanApplicationInfoCorrected', 'KycRequested', 'ManualReviewRequested'),
      reopens: true,
    },
    row('APPEAL_REVIEW', 'KycPassed', 'APPEAL_REVIEW', 'ScoringRequested'),
    row('APPEAL_REVIEW', 'KycReferred', 'APPEAL_REVIEW', 'ScoringRequested'),
    row('APPEAL_REVIEW', 'KycRejected', 'APPEAL_REVIEW'),
    row('APPEAL_REVIEW', 'ScoredApprove', 'APPEAL_REVIEW'),
    row('APPEAL_REVIEW', 'ScoredRefer', 'APPEAL_REVIEW'),
    row('APPEAL_REVIEW', 'ScoredVisit', 'APPEAL_REVIEW'),
    row('APPEAL_REVIEW', 'ScoredCommittee', 'APPEAL_REVIEW'),
    row('APPEAL_REVIEW', 'ScoredReject', 'APPEAL_REVIEW'),
    row('APPEAL_REVIEW', 'ScoringFailed', 'APPEAL_REVIEW'),
    row('APPEAL_REVIEW', 'ScoreRecorded', 'APPEAL_REVIEW'),
    row('APPEAL_REVIEW', 'ReviewCleared', 'REVIEW_SINGLE', 'ReviewDecided', 'AppealDecided', 'ExplanationIssued', 'ManualReviewRequested'),
    row('APPEAL_REVIEW', 'ReviewRejected', 'REJECTED', 'ReviewDecided', 'AppealDecided', 'ExplanationIssued'),
    row('APPEAL_REVIEW', 'DeadlinePassed', 'APPEAL_REVIEW'),
    row('APPEAL_REVIEW', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    // What was declared can be corrected where no loan rests on it (S03).
    ...REFUSED_OR_GIVEN_UP.map((status) => row(status, 'InfoCorrected', status, 'LoanApplicationInfoCorrected')),

    // What is not agreed to any more is asked of nobody; what was done before stays done.
    ...LIVE.map((status) => row(status, 'ConsentRevoked', 'CANCELLED', 'ConsentRevoked', 'LoanApplicationCancelled')),
  ],
  ignored: [
    {
      on: 'ScoreRecorded',
      in: ['CHECKING', 'SUPPLEMENT_REQUIRED', 'ENHANCED_REVIEW', 'SCORING', ...DECIDING, 'OFFERED', 'CONTRACTING', 'COMPLETED', 'CANCELLED', 'EXPIRED'],
      why: 'the refusal was appealed, and the application goes on or has ended otherwise',
    },
    {
      on: 'RenewalEligible',
      in: ['SUPPLEMENT_REQUIRED', 'APPEAL_REVIEW', 'SCORING', ...DECIDING, ...AFTER_SCORE],
      why: 'the books have said so already, or the application has ended',
    },
    {
      on: 'RenewalRefused',
      in: ['APPEAL_REVIEW', 'SCORING', ...DECIDING, ...AFTER_SCORE],
      why: 'the books have said otherwise already, or the application has ended',
    },
    { on: 'KycPassed', in: ['SCORING', ...DECIDING, ...AFTER_SCORE], why: 'verification was decided already' },
    { on: 'KycReferred', in: ['SCORING', ...DECIDING, ...AFTER_SCORE], why: 'verification was decided already' },
    { on: 'KycRejected', in: ENDED, why: 'the application has ended; the drawdown of a signed contract hears of it by itself' },
    ...(['ScoredApprove', 'ScoredRefer', 'ScoredVisit', 'ScoredCommittee', 'ScoredReject', 'ScoringFailed'] as const).map(
      (on) => ({ on, in: ['SUPPLEMENT_REQUIRED'], why: 'the checks run again with what the applicant mends, and a score follows them' }) as const,
    ),
    { on: 'ScoredApprove', in: [...SCORED, ...AFTER_SCORE], why: 'the application waits for a visit or the committee, or was decided' },
    { on: 'ScoredRefer', in: [...SCORED, ...AFTER_SCORE], why: 'the application waits for a visit or the committee, or was decided' },
    { on: 'ScoredVisit', in: [...SCORED, ...AFTER_SCORE], why: 'the application waits for a visit or the committee, or was decided' },
    { on: 'ScoredCommittee', in: [...SCORED, ...AFTER_SCORE], why: 'the application waits for a visit or the committee, or was decided' },
    { on: 'ScoredReject', in: AFTER_SCORE, why: 'the application was decided already' },
    { on: 'ScoringFailed', in: ['ENHANCED_REVIEW', ...DECIDING, ...AFTER_SCORE], why: 'a person looks at it already, or it was decided' },
    { on: 'ContractSigned', in: ENDED, why: 'the contract is signed, or void' },
    { on: 'GuarantorRefused', in: ENDED, why: 'the contract is signed, or void' },
  ],
});
