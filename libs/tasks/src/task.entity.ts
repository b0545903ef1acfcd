import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TaskSubject } from './task-kind.js';

/** `decided` is what enough people have said and the owner has not done yet; see the migration. */
export type TaskStatus = 'open' | 'decided' | 'applied' | 'closed';

/** Work for people, as its owner keeps it. Neither subject nor facts hold personal data. */
@Entity('task')
export class Task {
  @PrimaryColumn({ type: 'uuid', name: 'task_id' }) taskId!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text', name: 'subject_type' }) subjectType!: TaskSubject;
  @Column({ type: 'uuid', name: 'subject_id' }) subjectId!: string;
  /** Every id of what it is about, by its name. */
  @Column({ type: 'jsonb' }) subject!: Readonly<Record<string, string>>;
  @Column({ type: 'text', name: 'tenant_id', nullable: true }) tenantId!: string | null;
  @Column({ type: 'jsonb' }) facts!: Readonly<Record<string, unknown>>;
  /** Who made the subject and who looks after it, by their part. */
  @Column({ type: 'jsonb' }) parties!: Readonly<Record<string, string>>;
  @Column({ type: 'timestamptz', name: 'opened_at' }) openedAt!: Date;
  @Column({ type: 'timestamptz', name: 'due_at' }) dueAt!: Date;
  @Column({ type: 'int' }) reminders!: number;
  @Column({ type: 'text' }) status!: TaskStatus;
  @Column({ type: 'text', name: 'claimed_by', nullable: true }) claimedBy!: string | null;
  @Column({ type: 'timestamptz', name: 'claimed_at', nullable: true }) claimedAt!: Date | null;
  @Column({ type: 'int' }) round!: number;
  @Column({ type: 'text', nullable: true }) decision!: string | null;
  @Column({ type: 'jsonb', nullable: true }) parameters!: Readonly<Record<string, string>> | null;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'applied_at', nullable: true }) appliedAt!: Date | null;
  /** Why the last try to apply the decision failed; null where none did. */
  @Column({ type: 'text', nullable: true }) failure!: string | null;
  /** Number of the last change. */
  @Column({ type: 'int' }) seq!: number;
}
