import { newId } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { DEADLINE_PASSED, type ProcessRecord, type StatusRule, type StepOutcome } from '@millrace/process';
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

/** A process as far as its review tasks depend on it. */
interface ReviewedProcess<S extends string> {
  rule(status: S): StatusRule<ReviewDraft['stage']>;
}

/** What brings a step about, as far as a review depends on it. */
interface ReviewCause {
  readonly trigger: string;
  /** Content of the task, where the step opens one. */
  readonly review?: ReviewContent;
}

async function open(tx: EventTransaction, subject: ReviewSubject, draft: ReviewDraft, at: Date): Promise<void> {
  const { applicationId, tenantId, makerId, accountManagerId } = subject;
  const { reviewTaskId: taskId, stage, tier, reasons, figures, dueAt, decider } = draft;
  const parties = { maker: makerId, ...(accountManagerId === null ? {} : { accountManager: accountManagerId }) };
  const about = { subjectId: applicationId, subject: { applicationId }, tenantId, parties };
  await openTask(tx, REVIEW_KINDS[stage], { taskId, ...about, facts: { tier, reasons, figures, ...(decider ? { decider } : {}) }, dueAt }, at);
}

/**
 * Writes what a step of a process does to the review tasks of its locked subject, in the transaction of the step: a review task lives as long as the status that
 * it belongs to, and is due again where the deadline passes without a decision. On the way of an application that no person looks at, nothing is sent.
 * @returns the task that the step has opened
 */
export async function writeReviewStep<S extends string, R extends ReviewSubject & ProcessRecord<S>>(
  tx: EventTransaction,
  process: ReviewedProcess<S>,
  { record, from, effect }: StepOutcome<R, S, string, string>,
  { trigger, review: content }: ReviewCause,
): Promise<ReviewDraft | undefined> {
  const { applicationId, deadlineAt: dueAt, updatedAt: at } = record;
  if (process.rule(from).task) {
    if (effect === 'moved') await closeTasks(tx, ALL_REVIEW_KINDS, applicationId, at);
    else if (trigger === DEADLINE_PASSED && dueAt) await remindTasks(tx, ALL_REVIEW_KINDS, applicationId, dueAt, at);
  }
  const { task: stage } = process.rule(record.status);
  if (effect !== 'moved' || !stage || !dueAt) return undefined;
  const { tier = 'T1', reasons = [], figures = {}, decider } = content ?? {};
  const draft: ReviewDraft = { reviewTaskId: newId(), stage, tier, reasons, figures, dueAt, ...(decider ? { decider } : {}) };
  await open(tx, record, draft, at);
  return draft;
}
