import { describeAnswer, type AnswerOf } from './field.js';
import { choice, code, currency, day, id, instant, money, object, text, whole } from './fields.js';
import { describeRoute } from './route.js';

/** Where a try to debit stands, as the books have it. */
export const DEBIT_STATES = {
  PLANNED: 'Its day has not come, or the outcome of an earlier debit is awaited; its amount is asked for when it is ordered.',
  ORDERED: 'The bank may have it, and has not said yet what became of it.',
  COLLECTED: 'The bank has debited the account; the loan is paid by the line of the statement.',
  FAILED: 'Nothing was debited.',
  CANCELLED: 'Nothing was owed any more when its turn came; the bank was told nothing.',
} as const;

export const DEBIT = describeAnswer('DirectDebit_try', 'right:payout', 'One try to debit what falls due.', {
  debitId: id('Id of the debit, and the bank’s idempotency key; null before it is ordered, and where it never was.').nullable(),
  dueOn: day('The due date that it is for.'),
  tryNumber: whole(1, 10, 'Number of the try for this due date.', 1),
  tryOn: day('First day on which it may be ordered.'),
  state: choice(DEBIT_STATES, 'Where it stands.'),
  amountMinor: money('What is debited; null before it is ordered, and where it never was.', '2586822').nullable(),
  currency: currency(),
  reasonCode: code('Why nothing was debited; null otherwise.', 'INSUFFICIENT_FUNDS').nullable(),
  bankReference: text(100, 'The bank’s own name of the debit, which its line of the statement has too; null where nothing was debited.', 'DB-1').nullable(),
  orderedAt: instant('When it was ordered; null before.').nullable(),
  endedAt: instant('When it came to its end; null before.').nullable(),
});
export type DebitAnswer = AnswerOf<typeof DEBIT>;

export const DEBIT_LIST = describeAnswer('DirectDebit_list', 'right:payout', 'Tries to debit what falls due on a loan.', {
  items: object(DEBIT, 'Newest due date first, and its newest try first.').list(500),
});

export const LIST_DEBITS = describeRoute({
  name: 'loan_debits',
  method: 'GET',
  path: '/v1/loans/:loanId/debits',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/debits' },
  tag: 'Staff',
  summary: 'Direct debits of a loan with what became of them',
  description: 'Empty for a loan whose borrower has given no mandate.',
  answers: { 200: { meaning: 'The tries.', body: DEBIT_LIST } },
});
