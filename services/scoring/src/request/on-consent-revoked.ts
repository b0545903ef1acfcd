import type { ConsentRevoked } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';

const RECORD = 'insert into revoked_consent (consent_id, application_id, type, revoked_at) values ($1, $2, $3, $4) on conflict (consent_id) do nothing';

/** A consent was withdrawn: a score that rests on it is not made any more, and the request says so (G-PI-01). */
@Injectable()
export class OnConsentRevoked implements EventHandler<ConsentRevoked> {
  async handle({ payload: { applicationId, consentId, type, revokedAt } }: ReceivedEvent<ConsentRevoked>, tx: EventTransaction): Promise<void> {
    await tx.query(RECORD, [consentId, applicationId, type, revokedAt]);
  }
}
