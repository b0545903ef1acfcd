import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question that an announced transfer asks which the bank has not shown in time (a payment officer's, with a second person). */
export const ANNOUNCED_MONEY: TaskKind = {
  kind: 'announced-money',
  question: 'A transfer was announced that the bank’s statement has not shown in time. Is there such a transfer?',
  subject: 'case',
  roles: ['payment_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 72 },
  decisions: [
    {
      name: 'drop',
      meaning: 'There is none: the announcement is refused, and its bank reference may be announced again.',
      parameters: {},
      reasons: ['BANK_SHOWS_OTHERWISE', 'TOLD_BY_MISTAKE'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'wait',
      meaning: 'It is on its way: the line is waited for once more as long.',
      parameters: {},
      reasons: ['BANK_CONFIRMED'] satisfies CodeFor<'task'>[],
    },
  ],
};
