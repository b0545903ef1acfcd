import type { Reason, ReviewStage } from '@millrace/contracts';

/** Role that may decide at each stage (R-UW-05, separation of lending and approval). */
export const ROLE_OF_STAGE: Readonly<Record<ReviewStage, string>> = {
  verification: 'risk_officer',
  approval: 'credit_approver',
  disbursement: 'payment_officer',
};

/** What the decider of a task must be independent of. */
export interface TaskOwnership {
  readonly makerId: string;
  readonly accountManagerId: string | null;
  /** Who approved the loan that a payment task is about; null for every other task. */
  readonly approverId: string | null;
}

/**
 * True where a person may decide: neither the maker of the application nor its account manager (domain §4.1, S08), and of a payment not
 * the approver of the loan either (R-DB-02).
 */
export function isIndependent(staffId: string, { makerId, accountManagerId, approverId }: TaskOwnership): boolean {
  return staffId !== makerId && staffId !== accountManagerId && staffId !== approverId;
}

/** What an approval needs and may lack. */
export interface ApprovalGround {
  readonly stage: ReviewStage;
  readonly tier: 'T1' | 'T2' | 'T3';
  readonly hasFacts: boolean;
  readonly hasScore: boolean;
}

/** Why an approval is not possible now, or undefined; a rejection always is. Nobody approves unverified facts, without a score, or above the authority of one person. */
export function approvalObstacle({ stage, tier, hasFacts, hasScore }: ApprovalGround): { code: string; title: string; detail: string } | undefined {
  if (stage === 'verification' && !hasFacts) {
    return {
      code: 'VERIFICATION_INCOMPLETE',
      title: 'The firm’s data has not arrived, so there is nothing to score.',
      detail: 'Reject, or wait until verification has answered: its facts are added to this task.',
    };
  }
  if (stage !== 'approval') return undefined;
  if (!hasScore)
    return {
      code: 'SCORE_MISSING',
      title: 'The firm has no score yet.',
      detail: 'Reject, or wait until the score has come: its figures are added to this task.',
    };
  if (tier !== 'T1') {
    return {
      code: 'TIER_NOT_AVAILABLE',
      title: `The decision is of tier ${tier}, above the authority of a single approver.`,
      detail: 'A single approver may reject it; approval needs the credit committee.',
    };
  }
  return undefined;
}

const SENTENCES: Readonly<Record<string, string>> = {
  FRAUD_CONFIRMED: 'The application cannot be processed.',
  UNTRUE_INFO: 'Information in the application is not true; you may have it corrected.',
  AFFORDABILITY: 'The firm’s cash flow does not carry the loan.',
  INDUSTRY_OUTLOOK: 'The outlook of the firm’s industry does not carry the loan.',
};

/** What the applicant is told of a person's refusal. */
export function personReason(code: string): Reason {
  return { code, sentence: SENTENCES[code] ?? 'A person has looked at the application and declined it.' };
}
