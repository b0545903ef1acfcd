import { Problem } from '@millrace/service';
import { TaskRefused } from '@millrace/tasks';

/** Tells an investigator of a report that is not taken; any other error goes on as it is. */
export function refuseVisitWord(error: unknown): never {
  if (!(error instanceof TaskRefused)) throw error;
  if (error.code === 'CLAIMED_BY_OTHER')
    throw new Problem({ status: 409, code: 'CLAIMED_BY_OTHER', title: 'A colleague has taken this task.', detail: `${error.message}.` });
  throw error;
}
