import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** A command that needs a second person: a firm that waits after a refusal may apply again before its block ends (T63). */
export const FIRM_BLOCK: TaskKind = {
  kind: 'firm-block',
  question: 'May this firm apply again before its block ends?',
  subject: 'firm',
  roles: ['risk_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 24 },
  decisions: [
    {
      name: 'lift',
      meaning: 'The firm’s applications are taken again at once.',
      parameters: {},
      reasons: ['REFUSAL_EXPLAINED', 'REFUSAL_CAUSE_MENDED', 'REFUSED_ON_WRONG_DATA'] satisfies CodeFor<'task'>[],
    },
  ],
};
