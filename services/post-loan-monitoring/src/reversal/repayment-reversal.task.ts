import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question whether the bank has really taken money back (a payment officer's, with a second person). */
export const REPAYMENT_REVERSAL: TaskKind = {
  kind: 'repayment-reversal',
  question: 'It was told that the bank took the money of a repayment back. Does the bank’s record show it?',
  subject: 'loan',
  roles: ['payment_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 24 },
  decisions: [
    {
      name: 'reverse',
      meaning: 'The bank shows it: the repayment counts no more, and the loan is played anew without it.',
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
