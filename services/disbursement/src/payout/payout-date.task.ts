import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question that a payment with an impossible day asks (a payment officer's, with a second person). */
export const PAYOUT_DATE: TaskKind = {
  kind: 'payout-date',
  question: 'The bank has paid and names an instant that it cannot have meant. On which day did the money leave, by the bank’s statement?',
  subject: 'payout',
  roles: ['payment_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 24 },
  decisions: [
    {
      name: 'paid-on',
      meaning: 'The loan lives from this business day (Asia/Shanghai).',
      parameters: { paidOn: 'date' },
      reasons: ['BANK_STATEMENT_SEEN', 'BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
  ],
};
