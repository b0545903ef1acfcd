import { GUARANTEE_STATUS_MEANINGS } from '../statuses.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, day, form, id, instant, money, months, object, sha256 } from './fields.js';
import { CHANGE_PROBLEMS, WAITING_ANSWERS } from './loan-change.api.js';
import { GUARANTEE_KINDS } from './loan-terms.api.js';
import { describeRoute } from './route.js';

const AT = (path: string) => ({ service: 'post-loan-monitoring', path: `/loans/:loanId/${path}` }) as const;

/** Why a guarantor is asked to pay. */
export const GUARANTEE_CLAIM_GROUNDS = {
  long_overdue: 'The borrower is late, and was asked for the money without success.',
  insolvency: 'The borrower cannot pay its debts, or is in bankruptcy.',
  nothing_to_enforce: 'A court has found nothing to enforce on at the borrower.',
} as const;

export const CLAIM_GUARANTEE_BODY = describeAnswer('ClaimGuarantee', 'callers', 'What a guarantor is to be asked for, and why.', {
  guaranteeId: id('The guarantee.'),
  amountMinor: money('What it is asked for: at most what is due, and the limit of the guarantee.', '2000000'),
  ground: choice(GUARANTEE_CLAIM_GROUNDS, 'Why.'),
  documentSha256: sha256('Hash of the letter of claim.'),
});

export const CLAIM_GUARANTEE = describeRoute({
  name: 'loan_guaranteeClaim',
  method: 'PUT',
  path: '/v1/loans/:loanId/guarantee-claims/:guaranteeClaimId',
  owner: AT('guarantee-claims/:guaranteeClaimId'),
  tag: 'Loans',
  summary: 'Ask that a guarantor be asked to pay',
  description:
    'For a loan that is late for as many days as the policy names, within the time of the guarantee (G-EC-04). Two persons decide (`lendctl held`). After that time no claim is taken: nothing interrupts or lengthens it.',
  body: CLAIM_GUARANTEE_BODY,
  answers: WAITING_ANSWERS,
  problems: {
    409: {
      ...CHANGE_PROBLEMS,
      LOAN_STATUS_WRONG: 'The status of the loan does not allow it.',
      NOT_LATE_ENOUGH: 'The loan is not late for long enough.',
      GUARANTEE_LAPSED: 'The time in which the guarantor could be asked to pay is over (G-EC-04).',
      GUARANTEE_NOT_LIVE: 'The guarantor was asked already, or the guarantee was released.',
      BORROWER_NOT_SUED: 'The guarantor stands after the borrower, against whom no court was asked in time (G-EC-08).',
    },
    422: { CLAIM_TOO_HIGH: 'It is more than is due, or than the limit of the guarantee.' },
  },
});

export const RECORD_COMPENSATION_BODY = describeAnswer(
  'RecordCompensation',
  'callers',
  'By which bank reference a guarantor pays, so that its money is known as its own.',
  {
    guaranteeId: id('The guarantee.'),
    bankReference: form(
      /^[\x21-\x7e]{1,100}$/,
      '1 to 100 printable ASCII characters without spaces',
      'Reference of the transfer at the bank, of one that has come or will come.',
      'BT-20270930-17',
    ),
  },
);

export const RECORD_COMPENSATION = describeRoute({
  name: 'loan_guaranteeCompensation',
  method: 'PUT',
  path: '/v1/loans/:loanId/guarantee-compensations/:guaranteeCompensationId',
  owner: AT('guarantee-compensations/:guaranteeCompensationId'),
  tag: 'Loans',
  summary: 'Say which money is that of a guarantor who was asked to pay',
  description:
    'Two persons decide (`lendctl held`). The money counts when the bank shows it, before or after; what it pays of the loan, up to the limit of the guarantee, the guarantor can ask the borrower for.',
  body: RECORD_COMPENSATION_BODY,
  answers: WAITING_ANSWERS,
  problems: {
    409: {
      ...CHANGE_PROBLEMS,
      GUARANTEE_NOT_CLAIMED: 'The guarantor was not asked to pay.',
      REFERENCE_SAID_ALREADY: 'It was said already whose money the transfer is.',
    },
  },
});

export const COMPENSATION = describeAnswer('Compensation', 'right:loanChanges', 'Money of a guarantor, as it was said and as it came.', {
  compensationId: id('Id under which it was said.'),
  bankReference: form(/^[\x21-\x7e]{1,100}$/, '1 to 100 printable ASCII characters without spaces', 'Reference of the transfer at the bank.', 'BT-20270930-17'),
  repaymentId: id('The repayment that it is; null while the bank has not shown it.').nullable(),
  subrogatedMinor: money('What of it the guarantor can ask the borrower for; null while the bank has not shown it, or where it took it back.').nullable(),
});

export const GUARANTEE_ANSWER = describeAnswer('Guarantee', 'right:loanChanges', 'Somebody who stands for a loan, and what became of it.', {
  guaranteeId: id('Id of the guarantee.'),
  guarantorRef: form(/^[A-Z0-9-]{4,40}$/, '4 to 40 capital letters, digits and hyphens', 'The lender’s own reference of the guarantor.', 'GUARANTOR-0007'),
  kind: choice(GUARANTEE_KINDS, 'How it stands for the loan.'),
  state: choice(GUARANTEE_STATUS_MEANINGS, 'What became of it.'),
  limitMinor: money('Most that the guarantor pays.', '50000000'),
  periodMonths: months('Months after the maturity in which it can be asked to pay.', 6),
  maturesOn: day('Maturity that it stands for; a later one only with its consent (G-EC-05).', '2027-03-02'),
  lapsesOn: day('Last day on which it can be asked to pay.', '2027-09-02'),
  alarmedOn: day('Business date for which it was told that it lapses soon; null before.', '2027-07-04').nullable(),
  claimedOn: day('Day on which it was asked to pay; null before.', '2027-08-01').nullable(),
  claimedMinor: money('What it was asked for; null before.').nullable(),
  paidMinor: money('What it has paid of the loan, and can ask the borrower for.', '0'),
  recordedAt: instant('When it was recorded.'),
  compensations: object(COMPENSATION, 'Its money, in the order in which it was said.').list(100),
});
export type GuaranteeAnswer = AnswerOf<typeof GUARANTEE_ANSWER>;

export const GUARANTEE_LIST = describeAnswer('GuaranteeList', 'right:loanChanges', 'Who stands for a loan.', {
  items: object(GUARANTEE_ANSWER, 'In the order of recording.').list(100),
});

export const LIST_GUARANTEES = describeRoute({
  name: 'loan_guarantees',
  method: 'GET',
  path: '/v1/loans/:loanId/guarantees',
  owner: AT('guarantees'),
  tag: 'Loans',
  summary: 'Who stands for a loan, and what became of it',
  answers: { 200: { meaning: 'The guarantees.', body: GUARANTEE_LIST } },
});
