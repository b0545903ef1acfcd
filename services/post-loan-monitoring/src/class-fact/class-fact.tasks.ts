import { changeQuestion } from '../loan-change/change-question.js';

/** A fact that makes a class better is no one person's to say (G-CL-02). */
export const CLASS_FACT = changeQuestion({
  kind: 'class-fact',
  question: 'It was told that a fault of technique or operation, and not the borrower, keeps a payment back. Do the records show it?',
  roles: ['risk_officer'],
  apply: 'The days of the delay do not count for the class, for seven days at most.',
});

/** Nor is the end of one that makes it worse. */
export const CLASS_FACT_END = changeQuestion({
  kind: 'class-fact-end',
  question: 'It was told that a fact that classes the loan holds no more. Do the records show it?',
  roles: ['risk_officer'],
  apply: 'The fact holds no more from its last day on, and the loan is classed without it.',
});
