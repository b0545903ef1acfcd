import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question that a transfer beyond what can be owed asks (a payment officer's, with a second person). */
export const REPAYMENT_AMOUNT: TaskKind = {
  kind: 'repayment-amount',
  question: 'A transfer was told that is more than the loan can owe. Does the bank’s record show this amount, in fen?',
  subject: 'loan',
  roles: ['payment_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 24 },
  decisions: [
    {
      name: 'accept',
      meaning: 'The bank shows this amount: wait for its line of the statement, as for any transfer that was announced.',
      parameters: {},
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'refuse',
      meaning: 'It was told wrongly: book nothing; the right transfer may be told under the same bank reference.',
      parameters: {},
      reasons: ['BANK_SHOWS_OTHERWISE', 'TOLD_BY_MISTAKE'] satisfies CodeFor<'task'>[],
    },
  ],
};
