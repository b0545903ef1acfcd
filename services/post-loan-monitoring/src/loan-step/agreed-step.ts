import type { EventTransaction } from '@millrace/messaging';
import { cannotBeDone, type DecidedTask } from '@millrace/tasks';
import { LOAN_PROCESS, type LoanTrigger } from '../loan/loan-process.js';
import { settleChange, type AgreedChange } from '../loan-change/settle-change.js';

/** A step that people have agreed on, with what its history holds of who has asked and who has decided. */
export interface AgreedStep<Body> extends AgreedChange<Body> {
  readonly evidence: Readonly<Record<string, unknown>>;
}

/**
 * Writes down what people have decided of a step, and locks its loan.
 * @returns the step that is to be taken; undefined where they refused it
 * @throws TaskRefused where the loan has moved on and cannot take it any more
 */
export async function settleStep<Body extends object>(
  tx: EventTransaction,
  task: DecidedTask,
  trigger: LoanTrigger,
  now: Date,
): Promise<AgreedStep<Body> | undefined> {
  const agreed = await settleChange<Body>(tx, task, now);
  if (!agreed) return undefined;
  const { account, changeId, content, requestedBy } = agreed;
  if (!LOAN_PROCESS.takes(account.status, trigger)) throw cannotBeDone(`the loan is ${account.status}, which does not allow it any more`);
  const evidence = { changeId, taskId: task.taskId, ...content, requestedBy, decidedBy: task.votes.map(({ voter }) => voter) };
  return { ...agreed, evidence };
}
