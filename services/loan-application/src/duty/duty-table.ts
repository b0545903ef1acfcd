import type { ReviewStage } from '@millrace/contracts';

/** What a person may do about an application. */
export type Duty = 'maker' | 'accountManager' | 'investigator' | 'verifier' | 'approver' | 'appealDecider' | 'paymentOfficer' | 'authoriser' | 'sampler';

interface DutyRule {
  readonly meaning: string;
  /** What the person must not have done before about the same application. */
  readonly notAfter: readonly Duty[];
}

const SALES = ['accountManager', 'maker'] as const;

/**
 * Segregation of duties (R-UW-05, R-DB-02, R-OP-06): who may not do what after having done what, about one application. Every command of a person asks it through
 * {@link SegregationOfDuties}. Who has done what is read from what is kept anyway: maker and account manager from the application, the others from votes on tasks, by
 * {@link DUTY_OF_KIND}. A new duty is a line here and, where a task does it, one there.
 */
export const DUTY_TABLE: Readonly<Record<Duty, DutyRule>> = {
  maker: { meaning: 'makes the application', notAfter: [] },
  accountManager: { meaning: 'looks after the firm', notAfter: [] },
  investigator: { meaning: 'visits the firm', notAfter: [...SALES, 'verifier', 'approver', 'appealDecider', 'paymentOfficer', 'authoriser'] },
  verifier: {
    meaning: 'clears what the verification found',
    notAfter: [...SALES, 'investigator', 'approver', 'appealDecider', 'paymentOfficer', 'authoriser'],
  },
  approver: {
    meaning: 'decides on the loan, alone or in the committee',
    notAfter: [...SALES, 'investigator', 'verifier', 'appealDecider', 'paymentOfficer', 'authoriser'],
  },
  appealDecider: { meaning: 'decides on the appeal', notAfter: [...SALES, 'investigator', 'verifier', 'approver', 'paymentOfficer', 'authoriser'] },
  paymentOfficer: { meaning: 'decides about a payment that was refused', notAfter: [...SALES, 'investigator', 'verifier', 'approver', 'appealDecider'] },
  authoriser: { meaning: 'authorises the payment', notAfter: [...SALES, 'investigator', 'verifier', 'approver', 'appealDecider'] },
  sampler: {
    meaning: 'looks afterwards at what the engine approved',
    notAfter: [...SALES, 'investigator', 'verifier', 'approver', 'appealDecider', 'paymentOfficer', 'authoriser'],
  },
};

/** Which duty a vote on a task of a kind is; a vote on another kind is none. */
export const DUTY_OF_KIND: Readonly<Record<string, Duty>> = {
  'verification-review': 'verifier',
  'approval-review': 'approver',
  'visit-review': 'investigator',
  'committee-review': 'approver',
  'disbursement-review': 'paymentOfficer',
  'engine-sample': 'sampler',
  'appeal-review': 'appealDecider',
  'payment-authorisation': 'authoriser',
};

/** Which duty the decision of a review is, by its stage. */
export const DUTY_OF_STAGE: Readonly<Record<ReviewStage, Duty>> = {
  verification: 'verifier',
  approval: 'approver',
  visit: 'investigator',
  committee: 'approver',
  appeal: 'appealDecider',
  disbursement: 'paymentOfficer',
};

/** What the person has done that excludes the duty; undefined where nothing does. */
export function excludingDuty(duty: Duty, done: ReadonlySet<Duty>): Duty | undefined {
  return DUTY_TABLE[duty].notAfter.find((earlier) => done.has(earlier));
}
