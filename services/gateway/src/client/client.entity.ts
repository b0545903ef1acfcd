import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Principal } from '@millrace/service';

/** Who may ask for tokens, as stored. Hashes of secrets are read only where they are asked for by name. */
@Entity('client')
export class StoredClient {
  @PrimaryColumn({ type: 'text', name: 'client_id' }) clientId!: string;
  @Column({ type: 'text', name: 'secret_hash', select: false }) secretHash!: string;
  @Column({ type: 'text' }) kind!: Exclude<Principal['kind'], 'system'>;
  @Column({ type: 'text', name: 'tenant_id' }) tenantId!: string;
  /** Organisation whose applications the client sees; null for staff. */
  @Column({ type: 'text', name: 'partner_id', nullable: true }) partnerId!: string | null;
  /** Roles of staff; none for partners. */
  @Column({ type: 'text', array: true }) roles!: readonly string[];
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  /** A client that is revoked stays known, so that its id is never given to somebody else. */
  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
  /** Rises when all tokens that the client has are to be refused. */
  @Column({ type: 'int', name: 'token_epoch' }) tokenEpoch!: number;
  @Column({ type: 'text', name: 'previous_secret_hash', nullable: true, select: false }) previousSecretHash!: string | null;
  /** Until when the secret before the last rotation is still good. */
  @Column({ type: 'timestamptz', name: 'previous_secret_until', nullable: true }) previousSecretUntil!: Date | null;
}
