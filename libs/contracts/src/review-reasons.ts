import { NOT_PROCESSED } from './applicant-reasons.js';
import type { Reason } from './facts.js';
import type { ReviewStage } from './loan-application.events.js';

/** A reason that a person may give for a decision, with all that follows from it. */
export interface ReviewReason {
  readonly code: string;
  readonly decision: 'approve' | 'reject';
  readonly stages: readonly ReviewStage[];
  /** What it means, for the person who decides. */
  readonly sentence: string;
  /** What the applicant is told; null where nothing is told of it. Never what a member of staff typed. */
  readonly applicant: Reason | null;
  /** True where it says that the firm deceived the lender: the firm then waits for the long term (R-UW-05). */
  readonly meansFraud: boolean;
}

const ALL_STAGES: readonly ReviewStage[] = ['verification', 'approval', 'disbursement'];
/** What the applicant is told of a refusal of which no more may be said. */
const BY_PERSON: Reason = { code: 'DECLINED_BY_PERSON', sentence: 'A person has looked at the application and declined it.' };

const approve = (stages: readonly ReviewStage[], code: string, sentence: string): ReviewReason => ({
  code,
  decision: 'approve',
  stages,
  sentence,
  applicant: null,
  meansFraud: false,
});
const reject = (stages: readonly ReviewStage[], code: string, sentence: string, told: Reason | string = BY_PERSON, meansFraud = false): ReviewReason => ({
  code,
  decision: 'reject',
  stages,
  sentence,
  applicant: typeof told === 'string' ? { code, sentence: told } : told,
  meansFraud,
});

/** Every reason for a decision of a person. Whether one means fraud, and what the applicant is told, stands here and nowhere else. */
export const REVIEW_REASONS: readonly ReviewReason[] = [
  approve(['verification'], 'CHECKED_BY_PHONE', 'The finding was cleared in a call with the applicant.'),
  approve(['verification'], 'CHECKED_BY_HAND', 'The finding was cleared by comparing documents.'),
  approve(['verification'], 'IDENTITY_PROVEN', 'The person was identified by a person, face to face or by video.'),
  approve(['verification'], 'NOT_THE_LISTED_PERSON', 'The name resembles a listed one, and is another person or firm.'),
  approve(['verification', 'approval'], 'EXPLAINED', 'The applicant has explained what was found, with evidence.'),
  approve(['verification', 'approval'], 'LOOKED_AT', 'Nothing that was found speaks against the application.'),
  approve(['approval'], 'CASH_FLOW_SOUND', 'The cash flow carries the loan.'),
  approve(['approval'], 'OWNER_KNOWN', 'The owner and the business are known from experience.'),
  approve(['approval'], 'WITHIN_AUTHORITY', 'The loan lies within the authority of one approver, and nothing speaks against it.'),
  approve(['disbursement'], 'ACCOUNT_CORRECTED', 'The account was corrected, or the bank’s reason is gone.'),
  approve(['disbursement'], 'PAY_AGAIN', 'The same payout can be tried again.'),

  reject(['approval'], 'AFFORDABILITY', 'The cash flow does not carry the loan.', 'The firm’s cash flow does not carry the loan.'),
  reject(
    ['approval'],
    'INDUSTRY_OUTLOOK',
    'The outlook of the industry does not carry the loan.',
    'The outlook of the firm’s industry does not carry the loan.',
  ),
  reject(['approval'], 'ABOVE_AUTHORITY', 'The decision is above the authority of one approver, and no committee decides.'),
  reject(['verification', 'approval'], 'INFORMATION_INCOMPLETE', 'What is needed to decide could not be had.', 'What was needed to decide could not be had.'),
  reject(
    ['verification'],
    'IDENTITY_UNPROVEN',
    'The person could not be identified; nothing says that it was on purpose.',
    'The identity of the legal representative could not be proven.',
  ),
  reject(ALL_STAGES, 'DECLINED', 'Another ground, which the comment names.'),
  reject(
    ['disbursement'],
    'PAYOUT_REFUSED',
    'The bank does not pay to this account, and no other was named.',
    'The loan could not be paid to the account that was named.',
  ),
  // The applicant may have what is untrue corrected, so it is told; that it counts as fraud is not.
  reject(
    ['verification', 'approval'],
    'UNTRUE_INFO',
    'The applicant declared what is not true, on purpose.',
    'Information in the application is not true; you may have it corrected.',
    true,
  ),
  reject(ALL_STAGES, 'FRAUD_CONFIRMED', 'A fraud is confirmed.', NOT_PROCESSED, true),
  reject(ALL_STAGES, 'STOLEN_IDENTITY', 'Somebody applies in the name of another person.', NOT_PROCESSED, true),
];

const BY_CODE = new Map(REVIEW_REASONS.map((reason) => [reason.code, reason]));

/** Reasons that a person may give at a stage, for a decision or for both. */
export function reviewReasonsOf(stage: ReviewStage, decision?: ReviewReason['decision']): ReviewReason[] {
  return REVIEW_REASONS.filter((reason) => reason.stages.includes(stage) && (decision === undefined || reason.decision === decision));
}

/** The reason of a code; undefined for one that only a decision of earlier versions has. */
export function reviewReason(code: string): ReviewReason | undefined {
  return BY_CODE.get(code);
}

/** What the applicant is told of a person's refusal, whatever the code that is stored. */
export function toldOfRefusal(code: string): Reason {
  return BY_CODE.get(code)?.applicant ?? BY_PERSON;
}

/** The code under which ordinary events name a decision: a suspicion goes under the neutral one. */
export function codeForEvents(code: string): string {
  const reason = BY_CODE.get(code);
  return reason?.meansFraud && reason.applicant?.code !== code ? BY_PERSON.code : code;
}
