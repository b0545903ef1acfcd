import type { Clock, KycRequested } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { recordGuarantorChecks } from '../guarantor-check/guarantor-checks.js';
import { drawQueryIds } from '../sources/query-ids.js';
import { beginRound } from './begin-round.js';
import { WATCHDOG_MS } from './resume-policy.js';

const RECORD_INTENT = `
insert into verification (application_id, applicant_record_id, uscc, requested_amount_minor, declared_revenue_minor, policy_version, consents, query_ids,
  device_index, mobile_index, causation_id, traceparent, requested_at, next_attempt_at, company_name_sha256, round)
select $1, a.applicant_record_id, $3, $4, $5, $6, $7, $8, a.device_index, a.mobile_index, $9, $10, $11, $12, $13, $14
from applicant_record a where a.applicant_record_id = $2 and a.application_id = $1
on conflict (application_id) do nothing
returning application_id`;

/** The hub wants a firm verified: intent, consents and query ids are recorded and the job queued; providers are asked later, outside (M-EV-02). */
@Injectable()
export class OnKycRequested implements EventHandler<KycRequested> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle(event: ReceivedEvent<KycRequested>, tx: EventTransaction): Promise<void> {
    const { applicationId, applicantRecordId, uscc, requestedAmountMinor, declaredRevenueMinor, policyVersion, consents } = event.payload;
    const now = this.clock.now();
    const { round = 1 } = event.payload;
    if (round > 1 && (await beginRound(tx, event, now))) return;
    const queryIds = drawQueryIds();
    const { rowCount } = await tx.query(RECORD_INTENT, [
      applicationId,
      applicantRecordId,
      uscc,
      requestedAmountMinor,
      declaredRevenueMinor,
      policyVersion,
      JSON.stringify(consents),
      JSON.stringify(queryIds),
      event.id,
      event.traceparent ?? null,
      // Windows and the reference month are those of the submission, however late the event is handled.
      event.occurredAt,
      new Date(now.getTime() + WATCHDOG_MS),
      event.payload.companyNameSha256 ?? null,
      round,
    ]);
    if (rowCount) await recordGuarantorChecks(tx, applicationId, event.payload.guarantors ?? []);
    if (rowCount) tx.addJob('verify_firm', { applicationId }, { jobKey: applicationId });
    else await refuseUnknownApplicant(applicationId, tx);
  }
}

/** No row is either a verification that exists, which is a no-op, or an applicant record that does not: trouble that a person must see. */
async function refuseUnknownApplicant(applicationId: string, tx: EventTransaction): Promise<void> {
  const { rowCount } = await tx.query('select 1 from verification where application_id = $1', [applicationId]);
  if (!rowCount) throw new Error(`application ${applicationId} names an applicant record that is not its own`);
}
