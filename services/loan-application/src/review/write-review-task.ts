import type { EventTransaction } from '@millrace/messaging';
import type { ReviewDraft } from '../application/application-change.js';
import type { Application } from '../application/application.entity.js';

/** What a step does to the tasks of an application. */
export type ReviewTaskChange =
  | { readonly kind: 'open'; readonly draft: ReviewDraft }
  /** The application goes on without the person, or with the person's decision, which is stored already. */
  | { readonly kind: 'close' }
  /** The deadline has passed without a decision: the task stays open and gets a new one. */
  | { readonly kind: 'remind'; readonly dueAt: Date };

const OPEN = `insert into review_task (review_task_id, application_id, tenant_id, stage, tier, status, reasons, figures, maker_id, account_manager_id, opened_at, due_at)
  values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11)`;
const CLOSE = `update review_task set status = 'closed' where application_id = $1 and status = 'open'`;
const REMIND = `update review_task set reminders = reminders + 1, due_at = $2 where application_id = $1 and status = 'open'`;

/**
 * Writes what a step does to the review tasks of an application whose row is locked, in the transaction of the step. It is the only place that opens, closes or
 * reminds; a step that does none of them sends nothing.
 */
export async function writeReviewTask(tx: EventTransaction, application: Application, change: ReviewTaskChange, at: Date): Promise<void> {
  const { applicationId, tenantId, makerId, accountManagerId } = application;
  switch (change.kind) {
    case 'open': {
      const { reviewTaskId, stage, tier, reasons, figures, dueAt } = change.draft;
      const values = [
        reviewTaskId,
        applicationId,
        tenantId,
        stage,
        tier,
        JSON.stringify(reasons),
        JSON.stringify(figures),
        makerId,
        accountManagerId,
        at,
        dueAt,
      ];
      await tx.query(OPEN, values);
      return;
    }
    case 'close':
      await tx.query(CLOSE, [applicationId]);
      return;
    case 'remind':
      await tx.query(REMIND, [applicationId, change.dueAt]);
  }
}
