import type { LoanClauses } from '@millrace/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The contract of an application: its text, and the hash that gets signed (G-EC-02). */
@Entity('contract')
export class Contract {
  @PrimaryColumn({ type: 'uuid', name: 'contract_id' }) contractId!: string;
  @Column({ type: 'uuid', name: 'application_id' }) applicationId!: string;
  @Column({ type: 'text', name: 'template_version' }) templateVersion!: string;
  @Column({ type: 'text', name: 'contract_sha256' }) contractSha256!: string;
  /** Asked for by name only: it is long, and few who look at an application want it. */
  @Column({ type: 'text', select: false }) text!: string;
  /** The same in English, for reading only; null for a contract of before translations. */
  @Column({ type: 'text', name: 'text_en', select: false, nullable: true }) textEn!: string | null;
  /** What it says of lateness, misuse and early repayment; null for a wording that says nothing of it. */
  @Column({ type: 'jsonb', nullable: true }) clauses!: LoanClauses | null;
  @Column({ type: 'timestamptz', name: 'generated_at' }) generatedAt!: Date;
  @Column({ type: 'timestamptz', name: 'signed_at', nullable: true }) signedAt!: Date | null;
}
