import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question that a payment asks of which the bank says nothing, and its statement nothing either (M-DR-08). */
export const UNKNOWN_PAYOUT: TaskKind = {
  kind: 'unknown-payout',
  question: 'The bank was told to pay and has not said what became of it, and the statement of the day does not show it. Has the money left?',
  subject: 'payout',
  roles: ['payment_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 24 },
  decisions: [
    {
      name: 'paid',
      meaning: 'The money has left on this business day (Asia/Shanghai), under this name of the bank’s: the loan lives.',
      parameters: { paidOn: 'date', bankReference: 'text' },
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'not-paid',
      meaning: 'The bank has said for good that nothing has left and nothing will: the limit is released.',
      parameters: {},
      reasons: ['BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
  ],
};
