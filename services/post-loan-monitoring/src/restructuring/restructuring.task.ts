import type { TaskKind } from '@millrace/tasks';
import { changeQuestion } from '../loan-change/change-question.js';

/** A borrower who cannot pay by the contract is to get other terms: three of five, two thirds, and the head of risk is heard (S18, G-CL-13, R-UW-05). */
export const RESTRUCTURING: TaskKind = {
  ...changeQuestion({
    kind: 'restructuring',
    question: 'The borrower cannot pay by the terms of the loan. Do the documents show the hardship, and can it pay by the new terms?',
    roles: ['credit_approver', 'risk_officer'],
    apply: 'What is late is moved into what is not due yet, which is laid out by the new terms from the day of the decision on; the loan is observed.',
  }),
  vote: { kind: 'committee', seats: 5, quorum: 3, yes: 'apply', no: 'refuse', majority: { of: 2, outOf: 3 }, vetoRole: 'risk_officer' },
  due: { hours: 120 },
};
