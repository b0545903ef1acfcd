import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** The question whether a loan leaves the books (R-UW-05, R-PL-06): three of five, two thirds, and the head of risk is heard. */
export const WRITE_OFF: TaskKind = {
  kind: 'write-off',
  question: 'Nothing more can be had for this loan, it is said. Is it written off against what was set aside for it, with the claim kept?',
  subject: 'loan',
  roles: ['credit_approver', 'risk_officer'],
  vote: { kind: 'committee', seats: 5, quorum: 3, yes: 'apply', no: 'refuse', majority: { of: 2, outOf: 3 }, vetoRole: 'risk_officer' },
  independentOf: ['maker'],
  due: { hours: 120 },
  decisions: [
    {
      name: 'apply',
      meaning: 'The loan leaves the books; the borrower still owes, and what comes in is a recovery.',
      parameters: {},
      reasons: ['ALL_MEANS_USED', 'COURT_ENDED_IT'] satisfies CodeFor<'task'>[],
    },
    {
      name: 'refuse',
      meaning: 'The loan stays in the books.',
      parameters: {},
      reasons: ['MEANS_LEFT', 'FILE_INCOMPLETE'] satisfies CodeFor<'task'>[],
    },
  ],
};
