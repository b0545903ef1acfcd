/**
 * The life of an application, as data (M-EV-08, M-AP-03). Nothing else routes: whoever wants to know what follows what reads this
 * file, or `docs/loan-process.md`, which is made from it. Policy (who is rejected, at what price) lives elsewhere; here are only outcomes.
 */

/** Who has to act while an application waits in a status. */
export type Waiter = 'system' | 'applicant' | 'staff';

/** Deadlines by their name in the policy pack (`deadlines`), so that their lengths stay dated, cited parameters. */
export type DeadlineName =
  'verificationHours' | 'scoringHours' | 'reviewBusinessDays' | 'offerDays' | 'scoreDays' | 'contractDays' | 'disbursementReviewBusinessDays';

/** Stage of the review task that is open while a person decides (R-IT-06). */
export type ProcessReviewStage = 'verification' | 'approval' | 'disbursement';

interface StatusRule {
  /** The one party that acts next: a service, a staff role or the applicant; null where the story has ended. */
  readonly party: string | null;
  readonly waitingFor: Waiter | null;
  /** How long the status may last, and the reason recorded when it has lasted too long. */
  readonly deadline?: { readonly name: DeadlineName; readonly reason: string };
  /** Entering opens a review task of this stage, leaving closes it. */
  readonly review?: ProcessReviewStage;
}

/** Every status with who acts in it; `NEW` is before the application exists. */
export const STATUSES = {
  NEW: { party: 'applicant', waitingFor: 'applicant' },
  CHECKING: { party: 'kyc-antifraud', waitingFor: 'system', deadline: { name: 'verificationHours', reason: 'VERIFICATION_TIMED_OUT' } },
  ENHANCED_REVIEW: { party: 'risk_officer', waitingFor: 'staff', deadline: { name: 'reviewBusinessDays', reason: 'REVIEW_OVERDUE' }, review: 'verification' },
  SCORING: { party: 'scoring', waitingFor: 'system', deadline: { name: 'scoringHours', reason: 'SCORING_TIMED_OUT' } },
  REVIEW_SINGLE: { party: 'credit_approver', waitingFor: 'staff', deadline: { name: 'reviewBusinessDays', reason: 'REVIEW_OVERDUE' }, review: 'approval' },
  OFFERED: { party: 'applicant', waitingFor: 'applicant', deadline: { name: 'offerDays', reason: 'OFFER_EXPIRED' } },
  CONTRACTING: { party: 'applicant', waitingFor: 'applicant', deadline: { name: 'contractDays', reason: 'CONTRACT_EXPIRED' } },
  DISBURSING: { party: 'disbursement', waitingFor: 'system' },
  DISBURSEMENT_REVIEW: {
    party: 'payment_officer',
    waitingFor: 'staff',
    deadline: { name: 'disbursementReviewBusinessDays', reason: 'REVIEW_OVERDUE' },
    review: 'disbursement',
  },
  ACTIVE: { party: 'post-loan-monitoring', waitingFor: null },
  SETTLED: { party: null, waitingFor: null },
  REJECTED: { party: null, waitingFor: null },
  CANCELLED: { party: null, waitingFor: null },
  EXPIRED: { party: null, waitingFor: null },
} as const satisfies Record<string, StatusRule>;

export type ProcessStatus = keyof typeof STATUSES;
/** Status that a stored application can have. */
export type ApplicationStatus = Exclude<ProcessStatus, 'NEW'>;

/** What can happen to an application; one line each in the generated page. */
export const TRIGGERS = {
  Submitted: 'the applicant submits, with every consent',
  KycPassed: 'verification is clean',
  KycReferred: 'verification needs a person',
  KycRejected: 'verification found a hard rule or red fraud',
  ReviewCleared: 'a person decides the open review task with yes',
  ReviewRejected: 'a person decides the open review task with no',
  ScoredApprove: 'a score came and policy approves by itself (T0)',
  ScoredRefer: 'a score came and policy wants a person',
  ScoredReject: 'a score came and policy rejects',
  ScoringFailed: 'no score can be given: the invoices cannot be read, or their source stayed away',
  ScoreRecorded: 'a score for model monitoring came (reject inference, R-ID-08)',
  OfferAccepted: 'the applicant takes the offer',
  OfferDeclined: 'the applicant declines the offer',
  ContractSigned: 'the signature service confirms the signature',
  LoanDisbursed: 'the bank has paid',
  DisbursementFailed: 'the payout is refused for good',
  AccountChanged: 'all parties have signed the addendum that names another account',
  LoanSettled: 'nothing is owed any more',
  DeadlinePassed: 'the deadline of the status is over',
  Cancelled: 'the applicant withdraws',
} as const;
export type Trigger = keyof typeof TRIGGERS;

/** Triggers pulled over HTTP by a person; in a wrong status they are refused, not recorded. */
export const PERSON_TRIGGERS = [
  'Submitted',
  'ReviewCleared',
  'ReviewRejected',
  'OfferAccepted',
  'OfferDeclined',
  'Cancelled',
] as const satisfies readonly Trigger[];

/** Events of this service that a row can emit; `RejectInferenceRequested` is ScoringRequested for monitoring, sent only where the firm's facts are known. */
export type Emitted =
  | 'LoanApplicationSubmitted'
  | 'KycRequested'
  | 'ManualReviewRequested'
  | 'ReviewDecided'
  | 'ScoringRequested'
  | 'RejectInferenceRequested'
  | 'LoanApproved'
  | 'LoanOfferIssued'
  | 'LoanOfferAccepted'
  | 'ContractGenerated'
  | 'ContractSigned'
  | 'PayeeAccountChanged'
  | 'DisbursementRequested'
  | 'LoanActivated'
  | 'LoanClosed'
  | 'LoanApplicationRejected'
  | 'LoanApplicationExpired'
  | 'LoanApplicationCancelled';

/** One transition. A row back to its own status records what came; only `DeadlinePassed` sets the deadline anew there. */
export interface ProcessRow {
  readonly from: ProcessStatus;
  readonly on: Trigger;
  readonly next: ApplicationStatus;
  readonly emits: readonly Emitted[];
}

/** A trigger that comes too late or twice: kept in the history, with no other effect. */
export interface IgnoredRow {
  readonly on: Trigger;
  readonly in: readonly ApplicationStatus[];
  readonly why: string;
}

export interface LoanProcess {
  readonly rows: readonly ProcessRow[];
  readonly ignored: readonly IgnoredRow[];
}

const row = (from: ProcessStatus, on: Trigger, next: ApplicationStatus, ...emits: Emitted[]): ProcessRow => ({ from, on, next, emits });
const REJECTED_WITH_INFERENCE = ['LoanApplicationRejected', 'RejectInferenceRequested'] as const;
const ENDED = ['REJECTED', 'CANCELLED', 'EXPIRED'] as const;
const AFTER_MONEY = ['ACTIVE', 'SETTLED'] as const;
const AFTER_SCORE = ['OFFERED', 'CONTRACTING', 'DISBURSING', 'DISBURSEMENT_REVIEW', ...AFTER_MONEY] as const;

export const LOAN_PROCESS: LoanProcess = {
  rows: [
    row('NEW', 'Submitted', 'CHECKING', 'LoanApplicationSubmitted', 'KycRequested'),

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

    row('SCORING', 'ScoredApprove', 'OFFERED', 'LoanApproved', 'LoanOfferIssued'),
    row('SCORING', 'ScoredRefer', 'REVIEW_SINGLE', 'ManualReviewRequested'),
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
    row('REVIEW_SINGLE', 'ScoredReject', 'REJECTED', 'LoanApplicationRejected'),
    row('REVIEW_SINGLE', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('REVIEW_SINGLE', 'DeadlinePassed', 'REVIEW_SINGLE'),
    row('REVIEW_SINGLE', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('OFFERED', 'OfferAccepted', 'CONTRACTING', 'LoanOfferAccepted', 'ContractGenerated'),
    row('OFFERED', 'OfferDeclined', 'CANCELLED', 'LoanApplicationCancelled'),
    row('OFFERED', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('OFFERED', 'DeadlinePassed', 'EXPIRED', 'LoanApplicationExpired'),
    row('OFFERED', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('CONTRACTING', 'ContractSigned', 'DISBURSING', 'ContractSigned', 'DisbursementRequested'),
    row('CONTRACTING', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('CONTRACTING', 'DeadlinePassed', 'EXPIRED', 'LoanApplicationExpired'),
    row('CONTRACTING', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),

    row('DISBURSING', 'LoanDisbursed', 'ACTIVE', 'LoanActivated'),
    row('DISBURSING', 'DisbursementFailed', 'DISBURSEMENT_REVIEW', 'ManualReviewRequested'),

    row('DISBURSEMENT_REVIEW', 'ReviewCleared', 'DISBURSING', 'ReviewDecided', 'DisbursementRequested'),
    row('DISBURSEMENT_REVIEW', 'ReviewRejected', 'REJECTED', 'ReviewDecided', 'LoanApplicationRejected'),
    // The account alone changes; the payment officer still decides, and an unchanged account that was refused is never ordered again.
    row('DISBURSEMENT_REVIEW', 'AccountChanged', 'DISBURSEMENT_REVIEW', 'PayeeAccountChanged'),
    // The bank's word that it paid outweighs an earlier refusal: a second payout must not be ordered.
    row('DISBURSEMENT_REVIEW', 'LoanDisbursed', 'ACTIVE', 'LoanActivated'),
    row('DISBURSEMENT_REVIEW', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('DISBURSEMENT_REVIEW', 'DeadlinePassed', 'DISBURSEMENT_REVIEW'),

    row('ACTIVE', 'LoanSettled', 'SETTLED', 'LoanClosed'),
    row('REJECTED', 'ScoreRecorded', 'REJECTED'),
  ],
  ignored: [
    { on: 'KycPassed', in: ['SCORING', 'REVIEW_SINGLE', ...AFTER_SCORE, ...ENDED], why: 'verification was decided already' },
    { on: 'KycReferred', in: ['SCORING', 'REVIEW_SINGLE', ...AFTER_SCORE, ...ENDED], why: 'verification was decided already' },
    { on: 'KycRejected', in: ['DISBURSING', ...AFTER_MONEY, ...ENDED], why: 'the payment is ordered, or the application has ended' },
    { on: 'ScoredApprove', in: [...AFTER_SCORE, ...ENDED], why: 'the application was decided already' },
    { on: 'ScoredRefer', in: [...AFTER_SCORE, ...ENDED], why: 'the application was decided already' },
    { on: 'ScoredReject', in: [...AFTER_SCORE, ...ENDED], why: 'the application was decided already' },
    { on: 'ScoringFailed', in: ['ENHANCED_REVIEW', 'REVIEW_SINGLE', ...AFTER_SCORE, ...ENDED], why: 'a person looks at it already, or it was decided' },
    { on: 'ContractSigned', in: ['DISBURSING', 'DISBURSEMENT_REVIEW', ...AFTER_MONEY, ...ENDED], why: 'the contract is signed, or void' },
    { on: 'LoanDisbursed', in: AFTER_MONEY, why: 'the loan lives already' },
    { on: 'DisbursementFailed', in: ['DISBURSEMENT_REVIEW', 'REJECTED'], why: 'the failure is known already' },
    { on: 'AccountChanged', in: ['DISBURSING', ...AFTER_MONEY, 'REJECTED'], why: 'the payment is ordered, or the application has ended' },
    { on: 'LoanSettled', in: ['SETTLED'], why: 'the loan is settled already' },
  ],
};

/** What the table says of one pair; `impossible` means that somebody's books are wrong, and that a person must look. */
export type Verdict = { readonly kind: 'row'; readonly row: ProcessRow } | { readonly kind: 'ignore'; readonly why: string } | { readonly kind: 'impossible' };

/** Asks the table. */
export function consult(from: ProcessStatus, on: Trigger, process: LoanProcess = LOAN_PROCESS): Verdict {
  const found = process.rows.find((candidate) => candidate.from === from && candidate.on === on);
  if (found) return { kind: 'row', row: found };
  const ignored = process.ignored.find((candidate) => candidate.on === on && (candidate.in as readonly ProcessStatus[]).includes(from));
  return ignored ? { kind: 'ignore', why: ignored.why } : { kind: 'impossible' };
}

/** What a person can do now, for the refusal of something else. */
export function possibleActions(from: ProcessStatus): (typeof PERSON_TRIGGERS)[number][] {
  return PERSON_TRIGGERS.filter((trigger) => consult(from, trigger).kind === 'row');
}

/** Rule of a status, widened so that optional parts can be asked for. */
export function statusRule(status: ProcessStatus): StatusRule {
  return STATUSES[status];
}
