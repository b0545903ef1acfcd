import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** A payment above what the engine may order by itself: two payment officers, neither of whom may have done what the table of duties keeps apart from it (R-DB-02, M-DR-06). */
export const PAYMENT_AUTHORISATION: TaskKind = {
  kind: 'payment-authorisation',
  question: 'The payment is above what is ordered without people. Are amount, payee and contract as they were approved?',
  subject: 'application',
  roles: ['payment_officer'],
  vote: { kind: 'two-persons' },
  independentOf: ['maker', 'accountManager'],
  due: 'given',
  decisions: [
    {
      name: 'authorise',
      meaning: 'The lender looks again, and the payment is ordered where nothing has changed.',
      parameters: {},
      reasons: ['PAYMENT_IN_ORDER'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'refuse',
      meaning: 'The money is not paid, and the contract is void.',
      parameters: {},
      reasons: ['PAYMENT_NOT_IN_ORDER'] satisfies CodeFor<'task'>[],
    },
  ],
};
