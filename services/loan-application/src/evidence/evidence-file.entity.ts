import type { EvidenceKind, EvidenceScan } from '@millrace/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A file that belongs to an application, as the hub knows it: what it is and its hash, and nothing of what is in it. */
@Entity('evidence_file')
export class EvidenceFile {
  @PrimaryColumn({ type: 'uuid', name: 'evidence_id' }) evidenceId!: string;
  @Column({ type: 'uuid', name: 'application_id' }) applicationId!: string;
  /** Place among the files of the application, from 1 on. */
  @Column({ type: 'int' }) number!: number;
  @Column({ type: 'text' }) kind!: EvidenceKind;
  /** As its content shows, whatever the upload called it. */
  @Column({ type: 'text', name: 'media_type' }) mediaType!: string;
  @Column({ type: 'int' }) bytes!: number;
  @Column({ type: 'text' }) sha256!: string;
  @Column({ type: 'text' }) scan!: EvidenceScan;
  /** True for a file of the lender's own people, which a partner does not see. */
  @Column({ type: 'boolean', name: 'by_staff' }) byStaff!: boolean;
  /** Login that has uploaded it. */
  @Column({ type: 'text', name: 'uploaded_by' }) uploadedBy!: string;
  @Column({ type: 'timestamptz', name: 'uploaded_at' }) uploadedAt!: Date;
}
