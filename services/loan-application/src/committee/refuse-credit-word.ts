import { Problem } from '@millrace/service';
import { TaskRefused, type TaskRefusalCode } from '@millrace/tasks';

const TITLES: Partial<Record<TaskRefusalCode, readonly [status: number, title: string]>> = {
  DECISION_UNKNOWN: [400, 'The committee does not vote on this.'],
  REASON_UNKNOWN: [400, 'There is no such reason for this decision.'],
  FORBIDDEN: [403, 'Your role does not allow this.'],
  ALREADY_DECIDED: [409, 'The task is decided already.'],
  ALREADY_VOTED: [409, 'You have spoken already; a vote is not changed.'],
  SEATS_TAKEN: [409, 'All members of the committee have spoken.'],
  TASK_CLOSED: [409, 'The application went on without this task.'],
  VOTE_INCOMPLETE: [409, 'The vote cannot be concluded yet.'],
};

/** Tells a member of a word that is not taken; any other error goes on as it is. */
export function refuseCreditWord(error: unknown): never {
  if (!(error instanceof TaskRefused)) throw error;
  const known = TITLES[error.code];
  if (!known) throw error;
  const [status, title] = known;
  throw new Problem({ status, code: error.code, title, detail: `${error.message}.` });
}
