import type { DrawdownStatus } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { StepOutcome } from '@millrace/process';
import { closeTasks, openTask } from '@millrace/tasks';
import { DRAWDOWN_PROCESS, type DrawdownEvent, type DrawdownTrigger } from '../process/drawdown-process.js';
import type { DrawdownFile } from './drawdown-change.js';
import { PAYMENT_AUTHORISATION } from './payment-authorisation.task.js';

const isAuthorised = (status: DrawdownStatus): boolean => DRAWDOWN_PROCESS.rule(status).task === 'authorisation';

/** The task of an authorisation lives as long as the status that it belongs to: whoever decides it leads out of it, and so do a withdrawal and the deadline. */
export async function writeAuthorisationStep(
  tx: EventTransaction,
  { record, from, effect, row }: StepOutcome<DrawdownFile, DrawdownStatus, DrawdownTrigger, DrawdownEvent>,
): Promise<void> {
  if (effect !== 'moved') return;
  const { applicationId, drawdownId, tenantId, makerId, accountManagerId, amountMinor, currency, payeeRecordId, deadlineAt, updatedAt: at } = record;
  // What people have decided is applied by whoever does it.
  const isDecided = row?.on === 'ReviewCleared' || row?.on === 'ReviewRejected';
  if (isAuthorised(from) && !isDecided) await closeTasks(tx, [PAYMENT_AUTHORISATION], applicationId, at);
  if (!isAuthorised(record.status)) return;
  const parties = { maker: makerId, ...(accountManagerId === null ? {} : { accountManager: accountManagerId }) };
  const question = { subjectId: applicationId, subject: { applicationId, drawdownId }, facts: { amountMinor, currency, payeeRecordId }, tenantId, parties };
  await openTask(tx, PAYMENT_AUTHORISATION, { ...question, dueAt: deadlineAt! }, at);
}
