import { changeQuestion } from '../loan-change/change-question.js';

/** Somebody is said to stand for a loan. */
export const GUARANTEE = changeQuestion({
  kind: 'guarantee',
  question: 'It was told that somebody stands for the loan. Does the contract of guarantee show it, with this limit and time?',
  roles: ['credit_approver'],
  apply: 'The guarantee is recorded; from now on the loan is extended only with the guarantor’s consent in writing.',
});
