/** Why a person's word about a task is not taken; stable, so that callers may tell them apart. */
export type TaskRefusalCode =
  | 'TASK_UNKNOWN'
  | 'DECISION_UNKNOWN'
  | 'PARAMETER_WRONG'
  | 'REASON_UNKNOWN'
  | 'COMMENT_TOO_LONG'
  | 'NAME_MISSING'
  | 'FORBIDDEN'
  | 'SOD_VIOLATION'
  | 'ALREADY_DECIDED'
  | 'ALREADY_VOTED'
  | 'TASK_CLOSED'
  | 'SECOND_PERSON_NEEDED'
  | 'CLAIMED_BY_OTHER'
  | 'NOT_CLAIMED'
  | 'SEATS_TAKEN'
  | 'VOTE_INCOMPLETE'
  | 'CANNOT_BE_DONE';

/** A word about a task that is not taken; the message is one sentence for the person who said it. */
export class TaskRefused extends Error {
  constructor(
    readonly code: TaskRefusalCode,
    message: string,
  ) {
    super(message);
  }
}

/** What was decided cannot be done as things are: the task is open again, with this sentence in its history. */
export function cannotBeDone(message: string): TaskRefused {
  return new TaskRefused('CANNOT_BE_DONE', message);
}
