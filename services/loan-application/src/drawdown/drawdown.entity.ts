import type { DrawdownStatus, LoanStatus, Reason } from '@millrace/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Recheck } from './recheck-policy.js';

/** Why the money is not paid, as the applicant is told it. */
export interface DrawdownRefusal {
  readonly stage: 'verification' | 'disbursement';
  readonly decidedAt: string;
  readonly reasons: readonly Reason[];
}

/** The drawing of a contract's money: the one list of its columns. Amounts are fen as decimal strings; it is changed only through `AdvanceDrawdown`. */
@Entity('drawdown')
export class Drawdown {
  @PrimaryColumn({ type: 'uuid', name: 'drawdown_id' }) drawdownId!: string;
  /** One for each application, until facilities come. */
  @Column({ type: 'uuid', name: 'application_id' }) applicationId!: string;
  @Column({ type: 'text', name: 'tenant_id' }) tenantId!: string;
  @Column({ type: 'text' }) uscc!: string;
  @Column({ type: 'text', name: 'product_code' }) productCode!: string;
  @Column({ type: 'text' }) status!: DrawdownStatus;
  /** True until the money is out or given up: so long the firm makes no other application for the product. */
  @Column({ type: 'boolean' }) live!: boolean;
  /** The same through every try to pay. */
  @Column({ type: 'uuid', name: 'loan_id' }) loanId!: string;
  @Column({ type: 'bigint', name: 'amount_minor' }) amountMinor!: string;
  @Column({ type: 'text' }) currency!: string;
  /** Record of the account that is paid next; at first the one of the contract. */
  @Column({ type: 'uuid', name: 'payee_record_id' }) payeeRecordId!: string;
  /** Masked number of that account; null in a drawdown of before. */
  @Column({ type: 'text', name: 'payee_account', nullable: true }) payeeAccount!: string | null;
  /** Records whose accounts the bank has refused: nothing is ordered to them again. */
  @Column({ type: 'uuid', array: true, name: 'refused_payee_record_ids' }) refusedPayeeRecordIds!: string[];
  /** Payout that the latest order asks for; null where its order is from before orders had ids. */
  @Column({ type: 'uuid', name: 'ordered_payout_id', nullable: true }) orderedPayoutId!: string | null;
  /** Payout whose refusal a person looks at or has looked at; the same refusal again means nothing. */
  @Column({ type: 'uuid', name: 'failed_payout_id', nullable: true }) failedPayoutId!: string | null;
  /** Set where the money was given up. */
  @Column({ type: 'jsonb', nullable: true }) refusal!: DrawdownRefusal | null;
  /** What was found when it was looked at again before the money left; null where nothing had to be asked anew. */
  @Column({ type: 'jsonb', nullable: true }) recheck!: Recheck | null;
  /** When two persons have authorised the payment; null where none had to, and before. */
  @Column({ type: 'timestamptz', name: 'authorised_at', nullable: true }) authorisedAt!: Date | null;
  /** Standing of the loan, as far as the hub was told; null until the money is out. It is post-loan-monitoring that keeps the loan. */
  @Column({ type: 'text', name: 'loan_status', nullable: true }) loanStatus!: LoanStatus | null;
  @Column({ type: 'timestamptz', name: 'deadline_at', nullable: true }) deadlineAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'int', name: 'history_seq' }) historySeq!: number;
  /** Hash of the newest history row. */
  @Column({ type: 'text', name: 'history_head' }) historyHead!: string;
}
