import type { CodeFor } from '@millrace/reasons';
import type { TaskDecision, TaskKind } from '@millrace/tasks';

/** The question that money without a loan asks (a payment officer's, with a second person). */
export const SUSPENSE_MONEY: TaskKind = {
  kind: 'suspense-money',
  question:
    'Money has come in that names no loan of this lender, is more than its loan can take, is for a claim that was sold, or was booked on a wrong loan. Whose is it?',
  subject: 'case',
  roles: ['payment_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 72 },
  decisions: [
    {
      name: 'assign',
      meaning: 'It pays this loan: book it there as of the day on which it came; what nothing is owed for is held for the borrower.',
      parameters: { loanId: 'text' },
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'refund',
      meaning: 'It is no loan’s: the bank is to send all of it back to the account that it came from.',
      parameters: {},
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'return',
      meaning: 'It was sent back to its payer by hand, as the bank does not refund it, under this bank reference.',
      parameters: { returnReference: 'text' },
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'price',
      meaning: 'It is of the price that the buyer of the claim of this loan owes.',
      parameters: { loanId: 'text' },
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'pass-on',
      meaning: 'It was paid for this loan, whose claim was sold, and was paid on to the buyer by hand under this bank reference.',
      parameters: { loanId: 'text', passReference: 'text' },
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
  ],
};

const [ASSIGN, REFUND, RETURN] = SUSPENSE_MONEY.decisions as readonly [TaskDecision, TaskDecision, TaskDecision];

/** The question that a line asks whose repayment was taken back as told wrongly: nobody has said whether the bank took its money back. */
export const DOUBTFUL_MONEY: TaskKind = {
  ...SUSPENSE_MONEY,
  kind: 'doubtful-money',
  question:
    'The bank has shown this money, and its repayment was taken out of its loan as told wrongly. Does the bank’s record show that it is still on the lender’s account?',
  decisions: [
    { ...ASSIGN, meaning: `The bank still has it. ${ASSIGN.meaning}` },
    { ...REFUND, meaning: `The bank still has it. ${REFUND.meaning}` },
    { ...RETURN, meaning: 'The bank has it no more: it took it back, or it was sent back by hand, under this bank reference. Nobody gets it again.' },
  ],
};
