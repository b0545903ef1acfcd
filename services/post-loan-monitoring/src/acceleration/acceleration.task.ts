import { changeQuestion } from '../loan-change/change-question.js';

/** The question whether a loan is called in: the legal review, by two persons (R-UW-05, G-EC-06). */
export const ACCELERATION = changeQuestion({
  kind: 'acceleration',
  question: 'The loan is to be called in before its time. Does the contract allow it for this reason, and is the notice shown to be served?',
  roles: ['risk_officer'],
  apply: 'The whole loan is due: it is repaid at once, and not by its schedule.',
});
