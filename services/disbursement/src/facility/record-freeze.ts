import type { EventTransaction } from '@millrace/messaging';

/** What the hub says of a firm last counts; it says it in order. */
const RECORD = `insert into frozen_obligor (tenant_id, uscc, frozen, facility_change_id, changed_at) values ($1, $2, $3, $4, $5)
on conflict (tenant_id, uscc) do update set frozen = excluded.frozen, facility_change_id = excluded.facility_change_id, changed_at = excluded.changed_at
  where frozen_obligor.changed_at <= excluded.changed_at`;

/** Keeps whether a firm may be paid. */
export async function recordFreeze(
  tx: EventTransaction,
  {
    tenantId,
    uscc,
    facilityChangeId,
    changedAt,
  }: { readonly tenantId: string; readonly uscc: string; readonly facilityChangeId: string; readonly changedAt: string },
  frozen: boolean,
): Promise<void> {
  await tx.query(RECORD, [tenantId, uscc, frozen, facilityChangeId, changedAt]);
}
