import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question that a disputed report asks; it is due with the last of the days that the law gives for the answer (G-CB-05). */
export const CREDIT_DISPUTE: TaskKind = {
  kind: 'credit-dispute',
  question: 'What was reported of this loan to the credit bureau is disputed. Do the books and the papers show what was reported?',
  subject: 'loan',
  roles: ['risk_officer'],
  vote: { kind: 'two-persons' },
  independentOf: ['maker'],
  due: 'given',
  decisions: [
    {
      name: 'correct',
      meaning: 'It was wrong: the bureau is sent what the books say of that day, and the person is answered. Put the books right first, where they are wrong.',
      parameters: {},
      reasons: ['BOOKS_SHOW_OTHERWISE'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'uphold',
      meaning: 'It was right: it stays, and the person is answered with the reason.',
      parameters: {},
      reasons: ['REPORT_IS_RIGHT', 'DISPUTE_WITHOUT_PROOF'] satisfies CodeFor<'task'>[],
    },
  ],
};
