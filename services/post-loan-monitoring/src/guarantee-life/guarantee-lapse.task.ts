import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question that a guarantee asks which lapses soon. It falls away where the guarantor is asked to pay, or nothing is owed any more. */
export const GUARANTEE_LAPSE: TaskKind = {
  kind: 'guarantee-lapse',
  question: 'A guarantee lapses soon, and its guarantor was not asked to pay. Ask for the claim on the guarantor, or say that the guarantee may lapse.',
  subject: 'case',
  roles: ['risk_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: 'given',
  decisions: [
    {
      name: 'let-lapse',
      meaning: 'The guarantor is not asked to pay: the guarantee lapses on its day.',
      parameters: {},
      reasons: ['BORROWER_PAYS', 'NOTHING_AT_GUARANTOR'] satisfies CodeFor<'task'>[],
    },
  ],
};
