import type { DraftStatus } from '@millrace/contracts';
import type { DraftFieldsAnswer } from '@millrace/contracts/api';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An application that is being filled in: the one list of its columns; it is changed only through `AdvanceDraft`. */
@Entity('draft')
export class Draft {
  @PrimaryColumn({ type: 'uuid', name: 'application_id' }) applicationId!: string;
  @Column({ type: 'text', name: 'tenant_id' }) tenantId!: string;
  @Column({ type: 'text', name: 'partner_id' }) partnerId!: string;
  @Column({ type: 'text', name: 'maker_id' }) makerId!: string;
  @Column({ type: 'text' }) status!: DraftStatus;
  @Column({ type: 'boolean' }) live!: boolean;
  @Column({ type: 'jsonb' }) fields!: DraftFieldsAnswer;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'timestamptz', name: 'deadline_at', nullable: true }) deadlineAt!: Date | null;
  @Column({ type: 'int', name: 'history_seq' }) historySeq!: number;
  @Column({ type: 'text', name: 'history_head' }) historyHead!: string;
}
