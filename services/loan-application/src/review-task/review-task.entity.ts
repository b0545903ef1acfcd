import type { Reason, ReviewStage } from '@millrace/contracts';
import type { TaskFiguresAnswer } from '@millrace/contracts/api';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Work for a person: why, with which figures, by when, and what was decided. A view of the task and of the vote that decided it; written through `@millrace/tasks`. */
@Entity('review_task')
export class ReviewTask {
  @PrimaryColumn({ type: 'uuid', name: 'review_task_id' }) reviewTaskId!: string;
  @Column({ type: 'uuid', name: 'application_id' }) applicationId!: string;
  @Column({ type: 'text', name: 'tenant_id' }) tenantId!: string;
  @Column({ type: 'text' }) stage!: ReviewStage;
  @Column({ type: 'text' }) tier!: 'T1' | 'T2' | 'T3';
  /** `closed` where the application went on without the person, e.g. by a withdrawal. */
  @Column({ type: 'text' }) status!: 'open' | 'decided' | 'closed';
  @Column({ type: 'jsonb' }) reasons!: Reason[];
  /** Figures for the decision; amounts as decimal strings of fen. */
  @Column({ type: 'jsonb' }) figures!: TaskFiguresAnswer;
  /** Who made the application and who looks after the firm: neither may decide (R-UW-05). */
  @Column({ type: 'text', name: 'maker_id' }) makerId!: string;
  @Column({ type: 'text', name: 'account_manager_id', nullable: true }) accountManagerId!: string | null;
  @Column({ type: 'timestamptz', name: 'opened_at' }) openedAt!: Date;
  @Column({ type: 'timestamptz', name: 'due_at' }) dueAt!: Date;
  /** How often the deadline passed without a decision. */
  @Column({ type: 'int' }) reminders!: number;
  @Column({ type: 'text', nullable: true }) decision!: 'approve' | 'reject' | null;
  @Column({ type: 'uuid', name: 'decision_id', nullable: true }) decisionId!: string | null;
  @Column({ type: 'text', name: 'decided_by', nullable: true }) decidedBy!: string | null;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column({ type: 'text', name: 'reason_code', nullable: true }) reasonCode!: string | null;
  @Column({ type: 'text', nullable: true }) comment!: string | null;
}
