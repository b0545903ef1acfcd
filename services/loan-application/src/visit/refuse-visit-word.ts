import { Problem } from '@millrace/service';
import { TaskRefused, type TaskRefusalCode } from '@millrace/tasks';

const TITLES: Partial<Record<TaskRefusalCode, string>> = {
  CLAIMED_BY_OTHER: 'A colleague has taken this task.',
  ALREADY_DECIDED: 'The task is decided already.',
  TASK_CLOSED: 'The application went on without this task.',
};

/** Tells an investigator of a report that is not taken; any other error goes on as it is. */
export function refuseVisitWord(error: unknown): never {
  if (!(error instanceof TaskRefused)) throw error;
  const title = TITLES[error.code];
  if (!title) throw error;
  throw new Problem({ status: 409, code: error.code, title, detail: `${error.message}.` });
}
