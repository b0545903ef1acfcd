import type { EventTransaction } from '@millrace/messaging';
import { openTask } from '@millrace/tasks';
import { DOUBTFUL_MONEY, SUSPENSE_MONEY } from './suspense-money.task.js';

/** A line that was given to a loan, or was to be sent back, is open again under a new question; the tasks of before keep what was decided of it. */
const KEEP = `
insert into suspense (line_id, task_id, opened_at, again_for) values ($1, $2, $3, $4)
on conflict (line_id) do update set task_id = excluded.task_id, opened_at = excluded.opened_at, again_for = excluded.again_for,
  state = 'open', loan_id = null, return_reference = null, ended_at = null`;

/** What the persons are told of the money. */
interface Told extends Readonly<Record<string, unknown>> {
  /** Code of why nobody has the money. */
  readonly why: string;
}

/**
 * Puts a line of the statement among the money in suspense and asks two persons whose it is.
 * @param isAgain it was booked before, so that what was said of the line when it came is not the reason
 * @param isDoubtful it is not known whether the bank still has it, which is asked first
 */
export async function askWhose(
  tx: EventTransaction,
  { lineId, tenantId }: { readonly lineId: string; readonly tenantId: string },
  facts: Told,
  isAgain: boolean,
  now: Date,
  isDoubtful = false,
): Promise<void> {
  const taskId = await openTask(tx, isDoubtful ? DOUBTFUL_MONEY : SUSPENSE_MONEY, { subjectId: lineId, subject: { lineId }, tenantId, facts }, now);
  await tx.query(KEEP, [lineId, taskId, now, isAgain ? facts.why : null]);
}
