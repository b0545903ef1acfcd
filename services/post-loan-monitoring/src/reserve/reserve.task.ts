import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question whether the reserve for operational risk is moved beside its plan: two persons say the same, beside whoever has asked for it (R-TC-10). */
export const RESERVE_MOVEMENT: TaskKind = {
  kind: 'reserve-movement',
  question: 'An operational loss is to be borne by the reserve for operational risk, or the reserve is to be topped up beyond its plan. Is it moved?',
  subject: 'case',
  roles: ['risk_officer', 'payment_officer', 'credit_approver'],
  vote: { kind: 'two-persons' },
  independentOf: ['maker'],
  due: { hours: 72 },
  decisions: [
    {
      name: 'apply',
      meaning: 'The amount is taken from the reserve for the loss, or put into it, by one entry of today.',
      parameters: {},
      reasons: ['EVIDENCE_SEEN', 'CONDITIONS_MET'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'refuse',
      meaning: 'The reserve stays as it is.',
      parameters: {},
      reasons: ['EVIDENCE_LACKING', 'CONDITIONS_NOT_MET'] satisfies CodeFor<'task'>[],
    },
  ],
};
