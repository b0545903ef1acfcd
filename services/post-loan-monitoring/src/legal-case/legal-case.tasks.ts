import { changeQuestion } from '../loan-change/change-question.js';

/** The question whether the lender goes to court: the legal review, by two persons (R-UW-05). */
export const LEGAL_CASE = changeQuestion({
  kind: 'legal-case',
  question: 'The lender is to be in court about this loan. Is the claim shown, and is it the right court?',
  roles: ['risk_officer'],
  apply: 'The case is on the loan’s file, and the loan is LEGAL.',
});

/** The question whether a case is over. */
export const LEGAL_CASE_END = changeQuestion({
  kind: 'legal-case-end',
  question: 'A case about this loan is said to be over. Does the paper of the court show it?',
  roles: ['risk_officer'],
  apply: 'The case is closed; where it was withdrawn, the loan is as it was before it.',
});
