import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question that a changed record asks: it was changed past the service, or copied from elsewhere (SEC-10). */
export const RECORD_NOT_TRUSTED: TaskKind = {
  kind: 'record-not-trusted',
  question:
    'The stored record of the applicant was changed, or copied from another one, past the service. Has it been restored as it was? Where it cannot be, let the application be cancelled and made anew.',
  subject: 'application',
  roles: ['risk_officer'],
  vote: { kind: 'two-persons' },
  independentOf: [],
  due: { hours: 24 },
  decisions: [
    {
      name: 'go-on',
      meaning: 'The record is as it was stored, which the service tries; the firm is verified.',
      parameters: {},
      reasons: ['RECORD_RESTORED'] satisfies CodeFor<'task'>[],
    },
  ],
};
