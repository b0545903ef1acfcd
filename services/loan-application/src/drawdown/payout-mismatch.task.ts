import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** Disbursement tells of a payout that the hub has not ordered: wrong loan, amount, currency or id (R-DB-02). */
export const PAYOUT_MISMATCH: TaskKind = {
  kind: 'payout-mismatch',
  question: 'Disbursement tells of a payout that was not ordered so; the drawdown was left as it is. What does the bank’s statement say?',
  subject: 'payout',
  roles: ['payment_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 24 },
  decisions: [
    {
      name: 'cleared-up',
      meaning: 'The bank was asked and its statement read; what was found goes into the history of the drawdown, whose status stays as it is.',
      parameters: { found: 'text' },
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
  ],
};
