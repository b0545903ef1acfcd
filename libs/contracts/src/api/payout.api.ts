import { PAYOUT_STATUSES } from '../statuses.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, code, currency, id, instant, money, object, text, whole } from './fields.js';
import { describeRoute } from './route.js';

export const PAYOUT_STEP = describeAnswer('PayoutStep', 'right:payout', 'One thing that was done about a payout, or said about it.', {
  at: instant('When.'),
  action: choice(
    {
      RESERVE: 'The amount was taken out of the limit.',
      VERIFY: 'The bank was asked whose account it is.',
      SEND: 'The instruction was sent.',
      ASK: 'The bank was asked what became of it.',
      ANSWER: 'The bank said something.',
      ALARM: 'People were called.',
    },
    'What was done.',
  ),
  outcome: text(100, 'What came of it; null where nothing did.', 'paid').nullable(),
  detail: text(500, 'More about it; null where there is no more.', 'HTTP 200').nullable(),
});

export const MASKED_PAYEE = describeAnswer('MaskedPayee', 'right:payout', 'Account that is paid, masked.', {
  payeeRecordId: id('Record of the account.'),
  accountName: text(120, 'Masked name of the holder.', '样*******'),
  accountNumber: text(40, 'Masked number.', '6200********0001'),
});

export const PAYOUT = describeAnswer('Payout', 'right:payout', 'One instruction to the bank with all that was done about it.', {
  payoutId: id('Id of the payout, and the bank’s idempotency key.'),
  applicationId: id('Id of the application.'),
  loanId: id('Id of the loan.'),
  uscc: text(18, 'Unified social credit code of the firm.', '91990100MA0TE00010'),
  amountMinor: money('What is paid.'),
  currency: currency(),
  status: choice(PAYOUT_STATUSES, 'Where it stands.'),
  reasonCode: code('Why it failed; null otherwise.', 'ACCOUNT_REFUSED').nullable(),
  payee: object(MASKED_PAYEE, 'Null where the record is unknown, or is not what was stored.').nullable(),
  heldReason: code('Why it is not sent and waits for a person; null otherwise.', 'PAYEE_NOT_TRUSTED').nullable(),
  reservation: text(20, 'What it has taken of the limit: RESERVED, USED, RELEASED or REPAID; null where nothing was taken.', 'USED').nullable(),
  bankReference: text(100, 'The bank’s own name of the transfer; null before there is one.', 'BANK-1').nullable(),
  paidAt: instant('When the money went out; null before.').nullable(),
  sends: whole(0, 1_000_000, 'How often the instruction was sent, always under the payout’s own id.', 1),
  queries: whole(0, 1_000_000, 'How often the bank was asked about it.', 0),
  nextActionAt: instant('When it is taken up again; null where it is final.').nullable(),
  createdAt: instant('When it was ordered.'),
  updatedAt: instant('Last change.'),
  steps: object(PAYOUT_STEP, 'The newest, oldest of them first.').list(500),
});
export type PayoutAnswer = AnswerOf<typeof PAYOUT>;

export const PAYOUT_LIST = describeAnswer('PayoutList', 'right:payout', 'Payouts of an application.', {
  items: object(PAYOUT, 'Oldest first.').list(100),
});

export const LIST_PAYOUTS = describeRoute({
  name: 'applicationFile_payouts',
  method: 'GET',
  path: '/v1/loan-applications/:applicationId/payouts',
  owner: { service: 'disbursement', path: '/payouts/:applicationId' },
  tag: 'Staff',
  summary: 'Payouts with all that was done about them',
  answers: { 200: { meaning: 'The payouts.', body: PAYOUT_LIST } },
});
