import type { ReviewStage } from '@millrace/contracts';
import { reviewReasonsOf } from '@millrace/reasons';
import { isCommittee, type CommitteeKind } from '@millrace/service';
import type { TaskKind } from '@millrace/tasks';

const codes = (stage: ReviewStage, decision: 'approve' | 'reject'): string[] => reviewReasonsOf(stage, decision).map(({ code }) => code);

/** One person with the role of the stage, who did not make the application, does not look after the firm and decided none of its other stages (R-UW-05, R-DB-02). */
const review = (stage: ReviewStage, role: string, question: string, [approved, rejected]: readonly [string, string]): TaskKind => ({
  kind: `${stage}-review`,
  question,
  subject: 'application',
  roles: [role],
  vote: { kind: 'one-person' },
  independentOf: ['maker', 'accountManager', 'decider'],
  // The status that opens the task says until when, by the policy that the application keeps.
  due: 'given',
  decisions: [
    { name: 'approve', meaning: approved, parameters: {}, reasons: codes(stage, 'approve') },
    { name: 'reject', meaning: rejected, parameters: {}, reasons: codes(stage, 'reject') },
  ],
});

/** Three of five members, two thirds of whom say yes, with the head of risk heard, whose no decides alone (R-UW-05, M-AM-03). */
const COMMITTEE = { kind: 'committee', seats: 5, quorum: 3, yes: 'approve', no: 'reject', majority: { of: 2, outOf: 3 }, vetoRole: 'risk_officer' } as const;

/** The reviews of an application, by stage (R-IT-06). */
export const REVIEW_KINDS: Readonly<Record<ReviewStage, TaskKind>> = {
  verification: review('verification', 'risk_officer', 'What was found about the firm or its people needs a look: may it be scored?', [
    'The firm is scored.',
    'The application is refused.',
  ]),
  approval: review('approval', 'credit_approver', 'The decision is beyond what the engine may take: does the firm get the loan?', [
    'An offer is made.',
    'The application is refused.',
  ]),
  appeal: review('appeal', 'risk_officer', 'The applicant appeals a refusal by the engine: does the refusal stand?', [
    'An approver decides on the loan.',
    'The refusal stands for good.',
  ]),
  visit: {
    ...review('visit', 'risk_officer', 'The loan is large or something about the firm is not clear: what does a visit find?', [
      'The visit is reported.',
      'The application is refused.',
    ]),
    roles: ['risk_officer', 'credit_approver'],
  },
  committee: {
    ...review('committee', 'credit_approver', 'The loan is above what one person may approve: does the firm get it?', [
      'An offer is made.',
      'The application is refused.',
    ]),
    roles: ['credit_approver', 'risk_officer'],
    vote: COMMITTEE,
  },
  disbursement: review('disbursement', 'payment_officer', 'The payment could not be made: is it ordered again?', [
    'The payout is ordered again.',
    'The loan is not paid out.',
  ]),
};

/** All of them, for what holds for an application whatever its stage. */
export const ALL_REVIEW_KINDS: readonly TaskKind[] = Object.values(REVIEW_KINDS);

/** Those that a committee decides, by their name. */
export const CREDIT_COMMITTEES: ReadonlyMap<string, CommitteeKind> = new Map(ALL_REVIEW_KINDS.filter(isCommittee).map((kind) => [kind.kind, kind]));
