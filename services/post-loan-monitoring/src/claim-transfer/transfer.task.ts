import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/**
 * The question whether a claim is sold: three of five, two thirds, and the head of risk is heard. A committee, as for a write-off, since it gives an asset of the
 * lender up for a price that two persons alone should not set (R-UW-05, R-PL-06).
 */
export const CLAIM_TRANSFER: TaskKind = {
  kind: 'claim-transfer',
  question: 'The claim of this loan is to be sold at this price to this buyer. Is the price what can be expected for it, and is the buyer in order?',
  subject: 'loan',
  roles: ['credit_approver', 'risk_officer'],
  vote: { kind: 'committee', seats: 5, quorum: 3, yes: 'apply', no: 'refuse', majority: { of: 2, outOf: 3 }, vetoRole: 'risk_officer' },
  independentOf: ['maker'],
  due: { hours: 120 },
  decisions: [
    {
      name: 'apply',
      meaning: 'The claim is the buyer’s from now on, with its guarantees: the loan leaves the books, and borrower and guarantors are told.',
      parameters: {},
      reasons: ['PRICE_IS_FAIR', 'BUYER_IN_ORDER'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'refuse',
      meaning: 'The claim stays the lender’s.',
      parameters: {},
      reasons: ['PRICE_TOO_LOW', 'BUYER_NOT_IN_ORDER', 'FILE_INCOMPLETE'] satisfies CodeFor<'task'>[],
    },
  ],
};
