import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DebitStatus } from './debit-process.js';

/** An order to debit the account that a loan was paid to: the one list of its columns. Amounts are fen as decimal strings; it is changed only through `RecordDebit`. */
@Entity('direct_debit')
export class DirectDebit {
  @PrimaryColumn({ type: 'uuid', name: 'direct_debit_id' }) debitId!: string;
  @Column({ type: 'text', name: 'tenant_id' }) tenantId!: string;
  @Column({ type: 'uuid', name: 'application_id' }) applicationId!: string;
  @Column({ type: 'uuid', name: 'loan_id' }) loanId!: string;
  @Column({ type: 'uuid', name: 'payee_record_id' }) payeeRecordId!: string;
  @Column({ type: 'date', name: 'due_on' }) dueOn!: string;
  /** The day on which it may be sent. */
  @Column({ type: 'date', name: 'debit_on' }) debitOn!: string;
  @Column({ type: 'bigint', name: 'amount_minor' }) amountMinor!: string;
  @Column({ type: 'text' }) currency!: string;
  @Column({ type: 'text', name: 'policy_version' }) policyVersion!: string;
  @Column({ type: 'text' }) status!: DebitStatus;
  @Column({ type: 'boolean' }) live!: boolean;
  @Column({ type: 'text', name: 'reason_code', nullable: true }) reasonCode!: string | null;
  /** Set once the bank has owned up to the debit. */
  @Column({ type: 'text', name: 'bank_reference', nullable: true }) bankReference!: string | null;
  /** Day on which the bank has debited the account, by its own word. */
  @Column({ type: 'date', name: 'collected_on', nullable: true }) collectedOn!: string | null;
  @Column({ type: 'int' }) sends!: number;
  /** Questions asked so far. */
  @Column({ type: 'int' }) queries!: number;
  @Column({ type: 'int' }) turn!: number;
  /** Null where the debit is final. */
  @Column({ type: 'timestamptz', name: 'next_action_at', nullable: true }) nextActionAt!: Date | null;
  @Column({ type: 'text', name: 'causation_id' }) causationId!: string;
  @Column({ type: 'text', nullable: true }) traceparent!: string | null;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  /** Until when it may be sent. */
  @Column({ type: 'timestamptz', name: 'deadline_at', nullable: true }) deadlineAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'int', name: 'history_seq' }) historySeq!: number;
  @Column({ type: 'text', name: 'history_head' }) historyHead!: string;
}
