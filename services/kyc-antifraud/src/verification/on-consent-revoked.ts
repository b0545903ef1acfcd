import type { ConsentRevoked } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';

const RECORD =
  'insert into revoked_consent (consent_id, application_id, type, revoked_at, stored_only) values ($1, $2, $3, $4, $5) on conflict (consent_id) do nothing';

/** A consent was withdrawn: every later query under it is refused and logged, and once the application has ended the person is stored and shown to nobody (G-PI-01). */
@Injectable()
export class OnConsentRevoked implements EventHandler<ConsentRevoked> {
  async handle({ payload: { applicationId, consentId, type, revokedAt, storedOnly } }: ReceivedEvent<ConsentRevoked>, tx: EventTransaction): Promise<void> {
    await tx.query(RECORD, [consentId, applicationId, type, revokedAt, storedOnly]);
  }
}
