import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question whether the money of a repayment is really not at the bank (a payment officer's, with a second person). */
export const REPAYMENT_REVERSAL: TaskKind = {
  kind: 'repayment-reversal',
  question: 'It was told that the bank took the money of a repayment back, or never had it. Does the bank’s record show that the money is gone?',
  subject: 'loan',
  roles: ['payment_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 24 },
  decisions: [
    {
      name: 'reverse',
      meaning: 'The bank shows that the money is gone: the repayment counts no more, the loan is played anew without it, and nobody gets the money.',
      parameters: {},
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'keep',
      meaning: 'It was told wrongly: the repayment stays as it is.',
      parameters: {},
      reasons: ['BANK_SHOWS_OTHERWISE', 'TOLD_BY_MISTAKE'] satisfies CodeFor<'task'>[],
    },
  ],
};

/** The question whether the bank still has the money of a repayment, and only its loan is wrong (a payment officer's, with a second person). */
export const REPAYMENT_ELSEWHERE: TaskKind = {
  ...REPAYMENT_REVERSAL,
  kind: 'repayment-elsewhere',
  question: 'It was told that the money of a repayment belongs to another loan or payer. Does the bank’s record show that it is still on the lender’s account?',
  decisions: [
    {
      name: 'reverse',
      meaning:
        'The bank still has the money, and it is not this loan’s: the loan is played anew without it, and the money is in suspense until two persons say whose it is.',
      parameters: {},
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'keep',
      meaning: 'It is this loan’s, or the bank has taken it back, which is another request: the repayment stays as it is.',
      parameters: {},
      reasons: ['BANK_SHOWS_OTHERWISE', 'TOLD_BY_MISTAKE'] satisfies CodeFor<'task'>[],
    },
  ],
};
