import { changeQuestion } from '../loan-change/change-question.js';

/** Somebody is said to stand for a loan. */
export const GUARANTEE = changeQuestion({
  kind: 'guarantee',
  question: 'It was told that somebody stands for the loan. Does the contract of guarantee show it, with this limit and time?',
  roles: ['credit_approver'],
  apply: 'The guarantee is recorded; from now on the loan is extended only with the guarantor’s consent in writing.',
});

/** A guarantor is to be asked to pay. */
export const GUARANTEE_CLAIM = changeQuestion({
  kind: 'guarantee-claim',
  question: 'A guarantor is to be asked to pay for the borrower. Is the claim within its contract, its limit and its time, and is it served?',
  roles: ['risk_officer'],
  apply: 'The guarantor is asked to pay; the guarantee does not lapse any more.',
});

/** A transfer is said to be a guarantor's. */
export const GUARANTEE_COMPENSATION = changeQuestion({
  kind: 'guarantee-compensation',
  question: 'A transfer is said to be that of a guarantor who was asked to pay. Do the bank’s papers show it?',
  roles: ['payment_officer'],
  apply: 'What the transfer pays of the loan, up to the limit of the guarantee, the guarantor can ask the borrower for.',
});
