import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

const BUSINESS_WEEK_HOURS = 168;

/** A person looks afterwards at what the engine has approved (R-UW-07, R-OP-03); what was offered stands whatever is found. */
export const ENGINE_SAMPLE: TaskKind = {
  kind: 'engine-sample',
  question: 'The engine has approved this loan by itself: would you have approved it?',
  subject: 'application',
  roles: ['credit_approver'],
  vote: { kind: 'one-person' },
  independentOf: ['maker', 'accountManager'],
  due: { hours: BUSINESS_WEEK_HOURS },
  decisions: [
    { name: 'confirmed', meaning: 'The approval is right.', parameters: {}, reasons: ['SAMPLE_CONFIRMED'] satisfies CodeFor<'task'>[] },
    {
      name: 'would-refuse',
      meaning: 'A person would not have approved it; the reason goes to whoever keeps the model and the matrix.',
      parameters: {},
      reasons: ['SAMPLE_CASH_FLOW', 'SAMPLE_FINDING_MISSED', 'SAMPLE_DATA_WRONG', 'SAMPLE_OTHER'] satisfies CodeFor<'task'>[],
    },
  ],
};
