import type { CodeFor } from '@millrace/reasons';
import type { TaskKind } from '@millrace/tasks';

/** What two persons are asked about a change of a loan. */
export interface ChangeQuestion {
  readonly kind: string;
  readonly question: string;
  /** Who decides. */
  readonly roles: readonly string[];
  /** What is done where they agree. */
  readonly apply: string;
}

/** The question whether a change of a loan is made: two persons say the same, beside whoever has asked for it (R-UW-05). */
export function changeQuestion({ kind, question, roles, apply }: ChangeQuestion): TaskKind {
  return {
    kind,
    question,
    subject: 'loan',
    roles,
    vote: { kind: 'two-persons' },
    independentOf: ['maker'],
    due: { hours: 72 },
    decisions: [
      { name: 'apply', meaning: apply, parameters: {}, reasons: ['EVIDENCE_SEEN', 'CONDITIONS_MET'] satisfies CodeFor<'task'>[] },
      { name: 'refuse', meaning: 'Nothing is changed.', parameters: {}, reasons: ['EVIDENCE_LACKING', 'CONDITIONS_NOT_MET'] satisfies CodeFor<'task'>[] },
    ],
  };
}
