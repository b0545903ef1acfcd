/** Statuses as partners are told them, with their meaning. What follows what, and who acts, stands in the process tables, which are keyed by these. */

/** Of an application: it is about the decision and the contract, and ends with them. */
export const APPLICATION_STATUSES = {
  CHECKING: 'The lender checks who applies and what outside sources say.',
  ENHANCED_REVIEW: 'A person looks at the checks.',
  SCORING: 'The application is scored.',
  REVIEW_SINGLE: 'A person decides on the loan.',
  OFFERED: 'There is an offer, which the applicant takes or declines.',
  CONTRACTING: 'There is a contract to sign.',
  COMPLETED: 'The contract is signed; what becomes of the money is told by the drawdown and the loan.',
  REJECTED: 'The lender has declined.',
  CANCELLED: 'The applicant has withdrawn or declined the offer.',
  EXPIRED: 'The offer was not taken, or the contract not signed, in time.',
} as const;
export type ApplicationStatus = keyof typeof APPLICATION_STATUSES;

/** Of the drawdown that the signed contract implies: whether the money is out. */
export const DRAWDOWN_STATUSES = {
  REQUESTED: 'The payment is ordered, and the bank has not said yet what became of it.',
  HELD: 'The payment was refused; a person decides whether it is ordered again.',
  PAID: 'The money is out: there is a loan.',
  REJECTED: 'The money will not be paid.',
} as const;
export type DrawdownStatus = keyof typeof DRAWDOWN_STATUSES;

/** Of a loan; how late it is, and how it is classified, is told beside it. */
export const LOAN_STATUSES = {
  ACTIVE: 'The loan is being repaid.',
  SETTLED: 'Nothing is owed any more.',
} as const;
export type LoanStatus = keyof typeof LOAN_STATUSES;
