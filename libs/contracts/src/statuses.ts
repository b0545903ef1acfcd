import type { GuaranteeStatus } from './facts.js';

/** Statuses as partners are told them, with their meaning. What follows what, and who acts, stands in the process tables, which are keyed by these. */

/** Of a draft: an application before it is submitted. */
export const DRAFT_STATUSES = {
  DRAFT: 'The applicant fills it in.',
  SUBMITTED: 'It was submitted; the application of the same id tells the rest.',
  CANCELLED: 'The applicant has thrown it away.',
  EXPIRED: 'Nobody has touched it for too long.',
} as const;
export type DraftStatus = keyof typeof DRAFT_STATUSES;

/** Of an application: it is about the decision and the contract, and ends with them. */
export const APPLICATION_STATUSES = {
  CHECKING: 'The lender checks who applies and what outside sources say.',
  SUPPLEMENT_REQUIRED: 'The applicant is asked to correct or add something.',
  ENHANCED_REVIEW: 'A person looks at the checks.',
  SCORING: 'The application is scored.',
  FIELD_INVESTIGATION: 'The firm is visited.',
  REVIEW_SINGLE: 'A person decides on the loan.',
  APPEAL_REVIEW: 'A person looks at the refusal again.',
  REVIEW_COMMITTEE: 'The credit committee decides on the loan.',
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
  RECHECKING: 'The lender looks once more at what it has decided by, before the money leaves.',
  AUTHORISING: 'People of the lender authorise the payment.',
  REQUESTED: 'The payment is ordered, and the bank has not said yet what became of it.',
  HELD: 'The payment does not go on by itself; a person decides about it.',
  PAID: 'The money is out: there is a loan.',
  REJECTED: 'The money will not be paid.',
  CANCELLED: 'The applicant has given up the money before it was ordered: the contract is void.',
  EXPIRED: 'The payment was not authorised in time: the contract is void.',
  RETURNED: 'The bank has sent the money back: there is no loan.',
} as const;
export type DrawdownStatus = keyof typeof DRAWDOWN_STATUSES;

/** Of the facilities of a firm: whether it may be paid. */
export const FACILITY_STATUSES = {
  ACTIVE: 'The firm may be paid.',
  FROZEN: 'Nothing is paid to the firm before a risk officer says so.',
} as const;

/** Of a loan; how late it is, and how it is classified, is told beside it. */
export const LOAN_STATUSES = {
  ACTIVE: 'The loan is being repaid.',
  OVERDUE: 'Something that was due was not paid by the end of its day.',
  ACCELERATED: 'The lender has called it in: all of it is due.',
  LEGAL: 'A court has it.',
  WRITTEN_OFF: 'The lender has taken it out of its books as lost; it is still owed.',
  SETTLED: 'Nothing is owed any more.',
  CLOSED: 'Nothing is owed any more, and the file is closed: it is kept, and nothing is done with it.',
  RETURNED: 'The bank has sent the money back to the lender: the loan is void, and nothing was ever owed of it.',
  TRANSFERRED: 'The lender has sold the claim: what is owed is owed to its buyer, and nothing to the lender.',
} as const;
export type LoanStatus = keyof typeof LOAN_STATUSES;

/** Of one instalment of a schedule. */
export const INSTALMENT_STATUSES = {
  paid: 'Nothing of it is open.',
  upcoming: 'It is due on a later day.',
  due: 'It is due today.',
  overdue: 'Its day has passed and something of it is open.',
  transferred: 'What is open of it is owed to the buyer of the claim.',
} as const;

/** Of one instruction to the bank. */
export const PAYOUT_STATUSES = {
  RESERVED: 'The limit holds it; nothing was sent.',
  INSTRUCTED: 'The instruction was sent.',
  UNKNOWN: 'The bank did not say what became of it; it is asked, never told again.',
  PAID: 'The money is out.',
  FAILED: 'It is refused for good.',
  RETURNED: 'The bank has sent the money back.',
} as const;

/** Of what people decide. */
export const TASK_STATUSES = {
  open: 'It waits for people.',
  decided: 'Enough people have decided; the service that has it is about to do it.',
  applied: 'What was decided is done.',
  closed: 'Its process went on without the people.',
} as const;

/** Of the checks of a firm. */
export const VERIFICATION_STATUSES = {
  in_progress: 'Sources are being asked.',
  completed: 'There is an outcome.',
} as const;

/** Of a score that is not there. */
export const SCORE_STATUSES = {
  requested: 'It is being worked on.',
  failed: 'No score can be given.',
} as const;

/** Of an addendum that names another account. */
export const ACCOUNT_CHANGE_STATUSES = {
  open: 'It can be signed.',
  signed: 'All parties have signed it.',
  void: 'It no longer stands: a newer one has taken its place, or the loan was ended.',
} as const;

/** Of a product. */
export const PRODUCT_STATUSES = {
  open: 'It takes applications.',
  closed: 'It takes none any more.',
} as const;

/** Of a guarantee, and of a loan by what becomes of who stands for it. */
export const GUARANTEE_STATUS_MEANINGS = {
  claimed: 'The guarantor was asked to pay.',
  live: 'The guarantor can be asked to pay, once the loan is late for long enough.',
  compensated: 'The guarantor has paid what it was asked for, and can ask the borrower for it (代偿).',
  transferred: 'Whoever has bought the claim has the guarantee too.',
  released: 'Nothing is owed to the lender any more.',
  lapsed: 'The time in which the guarantor could be asked to pay is over (G-EC-04).',
} as const satisfies Record<GuaranteeStatus, string>;
