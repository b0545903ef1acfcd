import type { Reason, ReviewStage } from '@millrace/contracts';
import type { TaskFiguresAnswer } from '@millrace/contracts/api';

/** Task that a person gets when a row of a process leads to a status with a task. */
export interface ReviewDraft {
  readonly reviewTaskId: string;
  readonly stage: ReviewStage;
  readonly tier: 'T1' | 'T2' | 'T3';
  readonly reasons: readonly Reason[];
  /** Figures for the underwriting sheet (R-UW-01); amounts as decimal strings. */
  readonly figures: TaskFiguresAnswer;
  readonly dueAt: Date;
  /** Whose decision follows the task; absent where the task is the decision. */
  readonly decider?: 'T1' | 'T2';
}

/** What a step knows of the task that it may lead to; the tier is T1 where nothing is said. */
export type ReviewContent = Pick<ReviewDraft, 'reasons'> & Partial<Pick<ReviewDraft, 'tier' | 'figures' | 'decider'>>;

/** A person's decision about a task, as its event tells it. */
export interface DecidedReview {
  readonly reviewTaskId: string;
  readonly decisionId: string;
  readonly stage: ReviewStage;
  readonly decision: 'approve' | 'reject';
  readonly staffId: string;
  readonly reasonCode: string;
}
