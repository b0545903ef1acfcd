import type { DisputeParty } from '@millrace/contracts';
import type { DisputeGround } from '@millrace/contracts/api';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DisputeStatus } from './dispute-process.js';

/** A dispute of what was reported to the credit bureau: the one list of its columns. Days are `YYYY-MM-DD`; it is changed only through `RecordDispute`. */
@Entity('credit_dispute')
export class CreditDispute {
  @PrimaryColumn({ type: 'uuid', name: 'dispute_id' }) disputeId!: string;
  @Column({ type: 'uuid', name: 'loan_id' }) loanId!: string;
  @Column({ type: 'uuid', name: 'application_id' }) applicationId!: string;
  @Column({ type: 'text', name: 'tenant_id' }) tenantId!: string;
  @Column({ type: 'uuid', name: 'report_id' }) reportId!: string;
  @Column({ type: 'date', name: 'as_of' }) asOf!: string;
  @Column({ type: 'text' }) party!: DisputeParty;
  /** Null for the borrower. */
  @Column({ type: 'uuid', name: 'guarantee_id', nullable: true }) guaranteeId!: string | null;
  @Column({ type: 'text' }) ground!: DisputeGround;
  @Column({ type: 'text', name: 'document_sha256', nullable: true }) documentSha256!: string | null;
  /** Day from which the days for the answer run, and the last of them (G-CB-05). */
  @Column({ type: 'date', name: 'received_on' }) receivedOn!: string;
  @Column({ type: 'date', name: 'due_on' }) dueOn!: string;
  @Column({ type: 'text', name: 'content_sha256' }) contentSha256!: string;
  @Column({ type: 'text', name: 'opened_by' }) openedBy!: string;
  /** Dispatch that asks the bureau to mark the report, and the one that asks it to take the mark off. */
  @Column({ type: 'uuid', name: 'mark_id' }) markId!: string;
  @Column({ type: 'uuid', name: 'lift_id', nullable: true }) liftId!: string | null;
  @Column({ type: 'uuid', name: 'task_id', nullable: true }) taskId!: string | null;
  @Column({ type: 'text', name: 'reason_code', nullable: true }) reasonCode!: string | null;
  @Column({ type: 'uuid', name: 'correction_id', nullable: true }) correctionId!: string | null;
  @Column({ type: 'uuid', name: 'letter_id', nullable: true }) letterId!: string | null;
  @Column({ type: 'date', name: 'closed_on', nullable: true }) closedOn!: string | null;
  @Column({ type: 'text' }) status!: DisputeStatus;
  @Column({ type: 'boolean' }) live!: boolean;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  /** Instant at which the days for the answer are over; null once that is known, and where it was answered. */
  @Column({ type: 'timestamptz', name: 'deadline_at', nullable: true }) deadlineAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'int', name: 'history_seq' }) historySeq!: number;
  @Column({ type: 'text', name: 'history_head' }) historyHead!: string;
}
