import { businessDate, DisbursementFailed, newId, type Clock, type DisbursementRequested } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { obligorExposureCapMinor, policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { obligorName } from '../facility/obligor-name.js';
import { payoutJob, TAKEOVER_MS } from './payout-turn.js';

/**
 * One statement, so that nothing can come between the sum, the comparison with the cap and the reservation: adding to the obligor's row
 * locks it, and PostgreSQL tests the cap again on the row as the other transaction left it. An order that is known already, and any order
 * for a loan with a live payout, gives no row.
 */
const RESERVE = `
with request as (
  select $1::uuid as payout_id, $2::uuid as facility_id, $3::uuid as application_id, $4::uuid as loan_id, $5::uuid as contract_id, $6::text as contract_sha256,
    $7::text as tenant_id, $8::text as uscc, $9::bigint as amount_minor, $10::text as currency, $11::uuid as payee_record_id, $12::text as policy_version,
    $13::bigint as cap_minor, $14::timestamptz as now, $15::timestamptz as takeover_at, $16::text as order_cause, $17::timestamptz as ordered_at,
    $18::text as causation_id, $19::text as traceparent, $20::text as borrower_name_sha256
), fresh as (
  select r.*, p.payee_record_id is not null as payee_known, coalesce(z.frozen, false) as frozen from request r
  left join frozen_obligor z on z.tenant_id = r.tenant_id and z.uscc = r.uscc
  left join payee p on p.payee_record_id = r.payee_record_id and p.tenant_id = r.tenant_id and p.application_id = r.application_id
  where not exists (
    select 1 from payout known where known.loan_id = r.loan_id
      and (known.status <> 'FAILED' or (known.order_cause = r.order_cause and known.ordered_at = r.ordered_at)))
), exposure as (
  insert into obligor_exposure as o (tenant_id, uscc, exposure_minor)
  select tenant_id, uscc, amount_minor from fresh where payee_known and not frozen and amount_minor <= cap_minor
  on conflict (tenant_id, uscc) do update set exposure_minor = o.exposure_minor + excluded.exposure_minor
    where o.exposure_minor + excluded.exposure_minor <= $13
  returning 1
), opened as (
  insert into facility as f (facility_id, tenant_id, uscc, application_id, loan_id, contract_id, contract_sha256, policy_version, limit_minor, committed_minor, status, activated_at)
  select facility_id, tenant_id, uscc, application_id, loan_id, contract_id, contract_sha256, policy_version, amount_minor, amount_minor, 'ACTIVE', now from fresh, exposure
  on conflict (contract_id) do update set committed_minor = f.committed_minor + excluded.committed_minor
  returning f.facility_id
), made as (
  insert into payout (payout_id, tenant_id, uscc, application_id, loan_id, payee_record_id, amount_minor, currency, policy_version, status, reason_code,
    next_action_at, order_cause, ordered_at, causation_id, traceparent, borrower_name_sha256, created_at, updated_at)
  select payout_id, tenant_id, uscc, application_id, loan_id, payee_record_id, amount_minor, currency, policy_version,
    case when opened.facility_id is null then 'FAILED' else 'RESERVED' end,
    case when opened.facility_id is not null then null when frozen then 'FACILITY_FROZEN' when payee_known then 'LIMIT_EXCEEDED' else 'PAYEE_UNKNOWN' end,
    case when opened.facility_id is null then null else takeover_at end, order_cause, ordered_at, causation_id, traceparent, borrower_name_sha256, now, now
  from fresh left join opened on true
  returning payout_id, status, reason_code, turn, amount_minor, created_at
), reserved as (
  insert into limit_reservation (payout_id, facility_id, amount_minor, status, reserved_at)
  select made.payout_id, opened.facility_id, made.amount_minor, 'RESERVED', made.created_at from made, opened
), step as (
  insert into payout_step (payout_id, at, action, outcome, detail) select payout_id, created_at, 'RESERVE', status, reason_code from made
)
select payout_id, reason_code, turn from made`;

/** The hub wants a loan paid: the limit is opened and reserved, and the instruction queued; the bank is called later, outside (R-DB-08, M-DR-01). */
@Injectable()
export class OnDisbursementRequested implements EventHandler<DisbursementRequested> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  shared(events: readonly ReceivedEvent<DisbursementRequested>[]): readonly string[] {
    return events.map(({ payload }) => obligorName(payload));
  }

  async handle(event: ReceivedEvent<DisbursementRequested>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, contractId, contractSha256, tenantId, uscc, amountMinor, currency, payeeRecordId, policyVersion } = event.payload;
    const now = this.clock.now();
    // The contract fixes the licence; its caps and the lender's figures are those of the day that the money leaves.
    const capMinor = obligorExposureCapMinor(policyOf(policyVersion).lenderType, tenantId, businessDate(now));
    const { rows } = await tx.query<{ payout_id: string; reason_code: string | null; turn: number }>(RESERVE, [
      event.payload.payoutId ?? newId(),
      newId(),
      applicationId,
      loanId,
      contractId,
      contractSha256,
      tenantId,
      uscc,
      amountMinor,
      currency,
      payeeRecordId,
      policyVersion,
      capMinor,
      now,
      new Date(now.getTime() + TAKEOVER_MS),
      // A payment officer who orders a refused payout anew is another cause than the signature; the same fact told twice has the same one.
      event.causationId,
      event.occurredAt,
      event.id,
      event.traceparent ?? null,
      event.payload.borrowerNameSha256 ?? null,
    ]);
    const [payout] = rows;
    if (!payout) return;
    if (payout.reason_code) tx.emit(new DisbursementFailed({ applicationId, loanId, payoutId: payout.payout_id, reasonCode: payout.reason_code }));
    else tx.addJob(...payoutJob(payout.payout_id, payout.turn));
  }
}
