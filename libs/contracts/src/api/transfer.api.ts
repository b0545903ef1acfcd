import { IsUscc } from '../identifiers.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { day, flag, form, id, instant, money, sha256, signedMoney, text } from './fields.js';
import { STEP_PROBLEMS } from './loan-step.api.js';
import { WAITING_ANSWERS } from './loan-change.api.js';
import { describeRoute } from './route.js';

const SALE_FIELDS = {
  buyerName: text(100, 'Name of the firm that buys the claim, as its register has it.', '某某资产管理有限公司'),
  buyerUscc: form(/^[0-9A-Z]{18}$/, '18 digits and capital letters', 'Unified social credit code of the buyer.', '91990100MA0LENDER2', [IsUscc()]),
  priceMinor: money('What the buyer pays for the claim.', '12000000'),
  contractReference: text(60, 'The lender’s own number of the contract of the sale.', 'ZR-2027-014'),
  contractSha256: sha256('Hash of the contract of the sale, which the lender keeps.'),
} as const;

export const REQUEST_TRANSFER_BODY = describeAnswer('RequestTransfer', 'callers', 'To whom, for what and from when the claim of a loan is to be sold.', {
  ...SALE_FIELDS,
  transfersOn: day(
    'Day from which the contract has the claim be the buyer’s, today or later; it is the day of the decision where that is later.',
    '2027-06-10',
  ),
});

export const REQUEST_TRANSFER = describeRoute({
  name: 'loan_transfer',
  method: 'PUT',
  path: '/v1/loans/:loanId/transfers/:transferId',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/transfers/:transferId' },
  tag: 'Loans',
  summary: 'Ask that the claim of a loan be sold',
  description:
    'A committee decides; then the claim with its guarantees is the buyer’s (Civil Code, articles 546, 547 and 696), borrower and guarantors are told by letter, and the loan leaves the books. Money that the borrower pays the lender after it waits in suspense for two persons, who pay it on or send it back.',
  body: REQUEST_TRANSFER_BODY,
  answers: WAITING_ANSWERS,
  problems: {
    409: {
      ...STEP_PROBLEMS,
      TRANSFER_CHANGE_WAITS: 'Another change of the loan waits for its decision.',
      TRANSFER_MONEY_UNDER_WAY: 'Money of the loan is under way or in doubt.',
      TRANSFER_MONEY_HELD: 'Money of the borrower is held for what falls due.',
      TRANSFER_GUARANTOR_CLAIMED: 'A guarantor was asked to pay, and has not paid.',
    },
    422: {
      TRANSFER_TO_BORROWER: 'The buyer is the borrower itself.',
      TRANSFER_DAY_PAST: 'The day from which the claim is to be the buyer’s is over.',
    },
  },
});

export const TRANSFER = describeAnswer('Transfer', 'right:loanChanges', 'The sale of the claim of a loan, as it was booked.', {
  loanId: id('Id of the loan.'),
  transferId: id('Id of the request that has led to it.'),
  ...SALE_FIELDS,
  transferredOn: day('Day from which the claim is the buyer’s.', '2027-06-10'),
  principalMinor: money('Principal that was owed.'),
  interestMinor: money('Interest that was earned by the day and owed.', '158750'),
  penaltyMinor: money('Penalty and compound interest that had come up by the day and were owed.', '0'),
  allowanceMinor: money('What was set aside for the loan, and was used; 0 for one that was written off.', '18000000'),
  gainMinor: signedMoney(
    'What the sale has brought more than the claim was in the books for, less what was set aside; less than zero where it has lost.',
    '-50000',
  ),
  wasWrittenOff: flag('The claim had left the books before, and was kept beside them.', false),
  priceReceivedMinor: money('What the buyer has paid of the price, as the bank’s statement shows.', '0'),
  noticeServedOn: day(
    'Day on which the notice to the borrower was delivered, from which the sale binds it (Civil Code, article 546); null before.',
    '2027-06-11',
  ).nullable(),
  recordedAt: instant('When it was booked.', '2027-06-10T02:00:00.000Z'),
});
export type TransferAnswer = AnswerOf<typeof TRANSFER>;

export const SHOW_TRANSFER = describeRoute({
  name: 'loan_showTransfer',
  method: 'GET',
  path: '/v1/loans/:loanId/transfer',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/transfer' },
  tag: 'Loans',
  summary: 'The sale of the claim of a loan',
  answers: { 200: { meaning: 'The sale.', body: TRANSFER } },
});
