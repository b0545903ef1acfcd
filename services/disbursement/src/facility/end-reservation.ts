import type { EventTransaction } from '@millrace/messaging';

const USE = `update limit_reservation set status = 'USED' where payout_id = $1 and status = 'RESERVED'`;

/** Only a reservation that ends on this run is taken off, so that a second run frees nothing. */
const RELEASE = `
with released as (
  update limit_reservation set status = 'RELEASED', ended_at = $2 where payout_id = $1 and status = 'RESERVED' returning facility_id, amount_minor
), freed as (
  update facility f set committed_minor = f.committed_minor - released.amount_minor from released
  where f.facility_id = released.facility_id
  returning f.tenant_id, f.uscc, released.amount_minor
)
update obligor_exposure o set exposure_minor = o.exposure_minor - freed.amount_minor from freed where o.tenant_id = freed.tenant_id and o.uscc = freed.uscc`;

/** The loan is void, so that its facility closes; one that is closed already has freed the limit. */
const RETURN = `
with released as (
  update limit_reservation set status = 'RELEASED', ended_at = $2 where payout_id = $1 and status = 'USED' returning facility_id, amount_minor
), freed as (
  update facility f set status = 'CLOSED', closed_at = $2, committed_minor = f.committed_minor - released.amount_minor from released
  where f.facility_id = released.facility_id
  returning f.tenant_id, f.uscc, released.amount_minor
)
update obligor_exposure o set exposure_minor = o.exposure_minor - freed.amount_minor from freed where o.tenant_id = freed.tenant_id and o.uscc = freed.uscc`;

/** The money is out: what was promised is now owed, and stays in the obligor's exposure until the loan is closed. */
export async function useReservation(tx: EventTransaction, payoutId: string): Promise<void> {
  await tx.query(USE, [payoutId]);
}

/** The bank refused for good: limit and exposure are as if the payout had never been asked for (M-DR-04). */
export async function releaseReservation(tx: EventTransaction, payoutId: string, now: Date): Promise<void> {
  await tx.query(RELEASE, [payoutId, now]);
}

/** The money has come back (退汇): limit and exposure are as if the loan had never been, and nothing more is drawn under its contract. */
export async function returnReservation(tx: EventTransaction, payoutId: string, now: Date): Promise<void> {
  await tx.query(RETURN, [payoutId, now]);
}
