import { refuseEvent, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { openTask, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from './advance-drawdown.js';
import { PAYOUT_MISMATCH } from './payout-mismatch.task.js';
import type { StepEvidence } from '../process/step-evidence.js';

/** Two persons have cleared the contradiction up outside; the hub keeps what they found in the history of the drawdown. */
@Injectable()
export class ApplyPayoutMismatch implements TaskHandler {
  constructor(private readonly advance: AdvanceDrawdown) {}

  async apply({ taskId, subject, parameters, votes }: DecidedTask, tx: EventTransaction): Promise<void> {
    const drawdown = await this.advance.lock(tx, subject['applicationId']!);
    const [proposedBy, confirmedBy] = votes.map(({ voter }) => voter);
    const evidence: StepEvidence = { taskId, payoutId: subject['payoutId'], found: String(parameters['found']), proposedBy, confirmedBy };
    if (drawdown) await this.advance.note(tx, drawdown, 'PayoutMismatch', 'CLEARED_UP', evidence);
  }
}

/** Records the event as refused and holds the question; the drawdown stays as it is, and later events of it go on. */
export async function holdMismatch(
  tx: EventTransaction,
  event: ReceivedEvent<{ readonly applicationId: string; readonly loanId: string; readonly payoutId: string }>,
  differences: readonly string[],
  now: Date,
): Promise<void> {
  const { applicationId, loanId, payoutId } = event.payload;
  await refuseEvent(tx, event, `payout ${payoutId} is not what was ordered: ${differences.join('; ')}`);
  await openTask(tx, PAYOUT_MISMATCH, { subjectId: payoutId, subject: { applicationId, payoutId }, facts: { loanId, eventId: event.id, differences } }, now);
}
