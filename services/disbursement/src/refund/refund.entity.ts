import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RefundStatus } from './refund-process.js';

/** An order to send money of a statement line back to its payer: the one list of its columns. Amounts are fen as decimal strings; it is changed only through `RecordRefund`. */
@Entity('refund')
export class Refund {
  @PrimaryColumn({ type: 'uuid', name: 'refund_id' }) refundId!: string;
  @Column({ type: 'text', name: 'tenant_id' }) tenantId!: string;
  /** The credit on the statement that goes back; who has paid it is kept beside it. */
  @Column({ type: 'uuid', name: 'line_id' }) lineId!: string;
  @Column({ type: 'bigint', name: 'amount_minor' }) amountMinor!: string;
  @Column({ type: 'text' }) currency!: string;
  @Column({ type: 'text', name: 'policy_version' }) policyVersion!: string;
  @Column({ type: 'text' }) status!: RefundStatus;
  @Column({ type: 'boolean' }) live!: boolean;
  @Column({ type: 'text', name: 'reason_code', nullable: true }) reasonCode!: string | null;
  /** Set once the bank has owned up to the refund; the debit on the statement has the same one. */
  @Column({ type: 'text', name: 'bank_reference', nullable: true }) bankReference!: string | null;
  @Column({ type: 'int' }) sends!: number;
  /** Questions asked so far. */
  @Column({ type: 'int' }) queries!: number;
  @Column({ type: 'int' }) turn!: number;
  /** Null where the refund is final. */
  @Column({ type: 'timestamptz', name: 'next_action_at', nullable: true }) nextActionAt!: Date | null;
  @Column({ type: 'text', name: 'causation_id' }) causationId!: string;
  @Column({ type: 'text', nullable: true }) traceparent!: string | null;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  /** Always null: a refund has no day by which it must be sent. */
  @Column({ type: 'timestamptz', name: 'deadline_at', nullable: true }) deadlineAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'int', name: 'history_seq' }) historySeq!: number;
  @Column({ type: 'text', name: 'history_head' }) historyHead!: string;
}
