import { changeQuestion } from '../loan-change/change-question.js';

/** The term of a loan is to become longer (R-PL-06, S18). */
export const EXTENSION = changeQuestion({
  kind: 'extension',
  question: 'The borrower asks for a longer term. Do the documents show why, and can it pay by the new dates?',
  roles: ['credit_approver'],
  apply: 'The term is longer: what is not due yet is laid out on the new dates, from the day of the decision on.',
});
