import type { TaskVote } from './read-tasks.js';
import type { Task } from './task.entity.js';
import type { TaskKind } from './task-kind.js';

/** What a committee has decided, on what question, by whose votes: kept in the steps and votes of the task, and put together from them. */
export interface Minutes {
  readonly question: string;
  readonly subject: Task['subject'];
  readonly convenedAt: Date;
  readonly votes: readonly TaskVote[];
  /** Who has declared a conflict of interest, and which. */
  readonly conflicts: readonly Pick<TaskVote, 'voter' | 'reason' | 'at'>[];
  /** Null while the committee has not decided. */
  readonly outcome: string | null;
  /** `MAJORITY`, `NO_MAJORITY` or `VETO`. */
  readonly because: string | null;
  readonly decidedAt: Date | null;
}

/** Minutes of a committee's task, for the file (R-UW-05). */
export function minutesOf(
  { question }: Pick<TaskKind, 'question'>,
  { subject, openedAt, decision, reason, decidedAt }: Task,
  said: readonly TaskVote[],
): Minutes {
  const byName = [...said].sort((a, b) => (a.voterKey < b.voterKey ? -1 : 1));
  return {
    question,
    subject,
    convenedAt: openedAt,
    votes: byName.filter((vote) => vote.decision !== null),
    conflicts: byName.filter((vote) => vote.decision === null).map(({ voter, reason: why, at }) => ({ voter, reason: why, at })),
    outcome: decision,
    because: reason,
    decidedAt,
  };
}
