import { newId } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { DEADLINE_PASSED, type StatusRule } from '@millrace/process';
import { closeTasks, openTask, remindTasks } from '@millrace/tasks';
import { ALL_REVIEW_KINDS, REVIEW_KINDS } from './review.task.js';
import type { ReviewContent, ReviewDraft } from './review-draft.js';

/** Whose task it is: the application, and who may not decide about it (R-UW-05). */
export interface ReviewSubject {
  readonly applicationId: string;
  readonly tenantId: string;
  readonly makerId: string;
  readonly accountManagerId: string | null;
}

/** What a step does to the tasks of an application. */
export type ReviewTaskChange =
  | { readonly kind: 'open'; readonly draft: ReviewDraft }
  /** The application goes on without the person, or with the person's decision, which is stored already. */
  | { readonly kind: 'close' }
  /** The deadline has passed without a decision: the task stays open and gets a new one. */
  | { readonly kind: 'remind'; readonly dueAt: Date };

/**
 * Writes what a step does to the review tasks of a locked subject, in the transaction of the step. It is the only place that opens, closes or
 * reminds; a step that does none of them sends nothing.
 */
export async function writeReviewTask(tx: EventTransaction, subject: ReviewSubject, change: ReviewTaskChange, at: Date): Promise<void> {
  const { applicationId, tenantId, makerId, accountManagerId } = subject;
  switch (change.kind) {
    case 'open': {
      const { reviewTaskId: taskId, stage, tier, reasons, figures, dueAt } = change.draft;
      const parties = { maker: makerId, ...(accountManagerId === null ? {} : { accountManager: accountManagerId }) };
      const about = { subjectId: applicationId, subject: { applicationId }, tenantId, parties };
      await openTask(tx, REVIEW_KINDS[stage], { taskId, ...about, facts: { tier, reasons, figures }, dueAt }, at);
      return;
    }
    case 'close':
      await closeTasks(tx, ALL_REVIEW_KINDS, applicationId, at);
      return;
    case 'remind':
      await remindTasks(tx, ALL_REVIEW_KINDS, applicationId, change.dueAt, at);
  }
}

/** The task that entering a status opens; undefined for a status without one. */
export function draftReview({ task }: StatusRule<ReviewDraft['stage']>, content: ReviewContent | undefined, dueAt: Date | null): ReviewDraft | undefined {
  if (!task || !dueAt) return undefined;
  return { reviewTaskId: newId(), stage: task, tier: content?.tier ?? 'T1', reasons: content?.reasons ?? [], figures: content?.figures ?? {}, dueAt };
}

/** A step of a process, as far as tasks depend on it. */
export interface ReviewStep {
  /** Rule of the status before the step. */
  readonly before: StatusRule;
  readonly effect: 'moved' | 'recorded' | 'ignored';
  readonly trigger: string;
  readonly deadlineAt: Date | null;
  /** The task that the step opens. */
  readonly review: ReviewDraft | undefined;
  readonly at: Date;
}

/** A review task lives as long as the status that it belongs to; on the way of an application that no person looks at, nothing is sent. */
export async function writeReviewStep(tx: EventTransaction, subject: ReviewSubject, step: ReviewStep): Promise<void> {
  const { before, effect, trigger, deadlineAt, review, at } = step;
  if (before.task) {
    if (effect === 'moved') await writeReviewTask(tx, subject, { kind: 'close' }, at);
    else if (trigger === DEADLINE_PASSED && deadlineAt) await writeReviewTask(tx, subject, { kind: 'remind', dueAt: deadlineAt }, at);
  }
  if (review) await writeReviewTask(tx, subject, { kind: 'open', draft: review }, at);
}
