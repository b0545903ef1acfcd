import { serviceOfSource, TaskChanged, TaskDecided, TaskOpened } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';

/** Everything that is told of a task. */
export type TaskEvent = TaskOpened | TaskChanged | TaskDecided;

const OPENED = `insert into queued_task (task_id, owner, kind, subject_type, subject_id, application_id, loan_id, tenant_id, roles, votes_needed, votes, status, opened_at, due_at, reminders, seq)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 'open', $11, $12, 0, $13) on conflict do nothing`;
const CHANGED = `update queued_task set status = $4, claimed_by = $5, votes = $6, due_at = $7, reminders = $8, seq = $3,
  decision = case when $4 = 'open' then null else decision end, decided_at = case when $4 = 'open' then null else decided_at end
where task_id = $1 and owner = $2 and seq < $3`;
const DECIDED = `update queued_task set status = 'decided', decision = $4, decided_at = $5, votes = $6, seq = $3 where task_id = $1 and owner = $2 and seq < $3`;

/** A task was opened, changed or decided: the queue of the staff follows, made of the event alone, so that a rebuild gives the same rows. */
@Injectable()
export class OnTaskEvent implements EventHandler<TaskEvent> {
  async handle({ payload, source }: ReceivedEvent<TaskEvent>, tx: EventTransaction): Promise<void> {
    // Whose task it is does not stand in the payload, where anybody could write it; the log lets a service write under its own name only.
    const owner = serviceOfSource(source)!;
    const { taskId, seq } = payload;
    if (payload instanceof TaskOpened) {
      const { kind, subjectType, subjectId, applicationId = null, loanId = null, tenantId = null, roles, votesNeeded, openedAt, dueAt } = payload;
      const values = [taskId, owner, kind, subjectType, subjectId, applicationId, loanId, tenantId, roles, votesNeeded, openedAt, dueAt, seq];
      await tx.query(OPENED, values);
    } else if (payload instanceof TaskChanged) {
      const { status, claimedBy = null, votes, dueAt, reminders } = payload;
      await tx.query(CHANGED, [taskId, owner, seq, status, claimedBy, votes, dueAt, reminders]);
    } else {
      const { decision, decidedAt, votes } = payload;
      await tx.query(DECIDED, [taskId, owner, seq, decision, decidedAt, votes]);
    }
  }
}
