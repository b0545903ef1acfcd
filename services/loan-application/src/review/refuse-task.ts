import { Problem } from '@millrace/service';
import { TaskRefused, type TaskRefusalCode } from '@millrace/tasks';

const TITLES: Partial<Record<TaskRefusalCode, readonly [status: number, title: string]>> = {
  FORBIDDEN: [403, 'Your role does not allow this.'],
  SOD_VIOLATION: [403, 'You made this application, look after the firm or decided another stage of it, so you may not decide here.'],
  NAME_MISSING: [400, 'A task is taken by a login.'],
  ALREADY_DECIDED: [409, 'The task is decided already.'],
  TASK_CLOSED: [409, 'The application went on without this task.'],
  CLAIMED_BY_OTHER: [409, 'A colleague has taken this task.'],
  NOT_CLAIMED: [409, 'You have not taken this task.'],
};

/** Tells a caller of a word about a task that is not taken; any other error goes on as it is. */
export function refuseTask(error: unknown): never {
  if (!(error instanceof TaskRefused)) throw error;
  const known = TITLES[error.code];
  if (!known) throw error;
  const [status, title] = known;
  throw new Problem({ status, code: error.code === 'TASK_CLOSED' ? 'WRONG_STATUS' : error.code, title, detail: `${error.message}.` });
}
