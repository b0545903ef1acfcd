import type { ReviewStage } from '@millrace/contracts';

/** What an approval needs and may lack. */
export interface ApprovalGround {
  readonly stage: ReviewStage;
  readonly tier: 'T1' | 'T2' | 'T3';
  readonly hasFacts: boolean;
  readonly hasScore: boolean;
  /** The bank has refused the account that would be paid. */
  readonly isAccountRefused: boolean;
}

/** Why an approval is not possible now, or undefined; a rejection always is. Nobody approves unverified facts, without a score, above the authority of one person, or a payment to an account that the bank has refused. */
export function approvalObstacle({
  stage,
  tier,
  hasFacts,
  hasScore,
  isAccountRefused,
}: ApprovalGround): { code: string; title: string; detail: string } | undefined {
  if (stage === 'disbursement' && isAccountRefused) {
    return {
      code: 'ACCOUNT_REFUSED',
      title: 'The bank has refused this account, so nothing is ordered to it again.',
      detail: 'Have the partner propose another account (PUT …/account-changes/{id}) and the addendum signed, then approve; or reject.',
    };
  }
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
