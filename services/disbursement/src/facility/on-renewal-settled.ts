import type { Clock, RenewalSettled } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { obligorName } from './obligor-name.js';

/**
 * Only rows that change on this run are summed, so that a second delivery, or the news that the old loan is closed, changes nothing more: not even where the old
 * loan is owed again by then.
 */
const PASS_ON = `
with repaid as (
  update limit_reservation r set status = 'REPAID', ended_at = $3 from facility f
  where f.facility_id = r.facility_id and f.loan_id = $1 and f.tenant_id = $2 and r.status = 'USED' and not exists (select 1 from facility n where n.contract_id = $7)
  returning r.facility_id, r.amount_minor
), closed as (
  update facility f set status = 'CLOSED', closed_at = $3, committed_minor = f.committed_minor - repaid.amount_minor from repaid
  where f.facility_id = repaid.facility_id
  returning repaid.amount_minor
), opened as (
  insert into facility (facility_id, tenant_id, uscc, application_id, loan_id, contract_id, contract_sha256, policy_version, limit_minor, committed_minor, status, activated_at,
    renews_loan_id)
  values (gen_random_uuid(), $2, $4, $5, $6, $7, $8, $9, $10, $10, 'ACTIVE', $3, $1) on conflict (contract_id) do nothing
  returning facility_id, committed_minor
), used as (
  insert into limit_reservation (payout_id, facility_id, amount_minor, status, reserved_at) select $11, facility_id, committed_minor, 'USED', $3 from opened
)
update obligor_exposure set exposure_minor = exposure_minor - coalesce((select sum(amount_minor) from closed), 0) + coalesce((select sum(committed_minor) from opened), 0)
where tenant_id = $2 and uscc = $4`;

/**
 * A loan was renewed: its limit passes to the new one in one statement, so that the firm's exposure holds neither both nor none (M-FC-01). The new loan is no
 * larger than what the old one owed, so that no cap can stand against it.
 */
@Injectable()
export class OnRenewalSettled implements EventHandler<RenewalSettled> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  shared(events: readonly ReceivedEvent<RenewalSettled>[]): readonly string[] {
    return events.map(({ payload }) => obligorName(payload));
  }

  async handle({ payload }: ReceivedEvent<RenewalSettled>, tx: EventTransaction): Promise<void> {
    const { renewedLoanId, tenantId, uscc, applicationId, loanId, contractId, contractSha256, policyVersion, amountMinor, settlementId } = payload;
    const ids = [renewedLoanId, tenantId, this.clock.now(), uscc, applicationId, loanId, contractId, contractSha256];
    await tx.query(PASS_ON, [...ids, policyVersion, amountMinor, settlementId]);
  }
}
