import { describeAnswer } from './field.js';
import { choice, sha256 } from './fields.js';
import { CHANGE_PROBLEMS, WAITING_ANSWERS } from './loan-change.api.js';
import { describeRoute } from './route.js';

/** Problems of every step of a loan that people decide about. */
const STEP_PROBLEMS = { ...CHANGE_PROBLEMS, LOAN_STATUS_WRONG: 'The status of the loan does not allow it.' } as const;

/** Why nothing more can be had from the borrower. */
export const WRITE_OFF_GROUNDS = {
  bankruptcy_closed: 'The bankruptcy of the borrower is closed, and the claim is not satisfied.',
  enforcement_ended: 'A court has ended the enforcement, as nothing was found to enforce on.',
  borrower_gone: 'The borrower is struck off, and nobody answers for it.',
  long_demanded: 'It was demanded for long in every way that the contract and the law give, without success.',
} as const;

export const REQUEST_WRITE_OFF_BODY = describeAnswer('RequestWriteOff', 'callers', 'Why a loan is to be written off, and by what that is shown.', {
  ground: choice(WRITE_OFF_GROUNDS, 'Why nothing more can be had.'),
  evidenceSha256: sha256('Hash of the file that shows that all means are used, which the lender keeps.'),
});

export const REQUEST_WRITE_OFF = describeRoute({
  name: 'loan_writeOff',
  method: 'PUT',
  path: '/v1/loans/:loanId/write-offs/:writeOffId',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/write-offs/:writeOffId' },
  tag: 'Loans',
  summary: 'Ask that a loan be written off',
  description:
    'For a loan in the class LOSS on which all means are used. A committee decides; then the loan leaves the books against what was set aside for it, and the claim stays: the borrower still owes.',
  body: REQUEST_WRITE_OFF_BODY,
  answers: WAITING_ANSWERS,
  problems: { 409: { ...STEP_PROBLEMS, CLASS_NOT_LOSS: 'The loan is not in the class LOSS.' } },
});
