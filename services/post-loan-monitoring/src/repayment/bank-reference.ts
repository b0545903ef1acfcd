import type { EventTransaction } from '@millrace/messaging';

const BOOKED = 'select 1 from repayment where tenant_id = $1 and bank_reference = $2 and reversed_at is null';

const KEPT = `
select 1 from bank_line b join suspense s using (line_id) where b.tenant_id = $1 and b.bank_reference = $2 and s.state in ('open', 'returned') limit 1`;

/** True where the bank's statement shows money under a reference that two persons are to decide about, or have sent back: no report of it is booked beside. */
export async function isKept(tx: Pick<EventTransaction, 'query'>, tenantId: string, bankReference: string): Promise<boolean> {
  return ((await tx.query(KEPT, [tenantId, bankReference])).rowCount ?? 0) > 0;
}

/** True where a repayment that counts has the reference already. */
export async function isBooked(tx: Pick<EventTransaction, 'query'>, tenantId: string, bankReference: string): Promise<boolean> {
  return ((await tx.query(BOOKED, [tenantId, bankReference])).rowCount ?? 0) > 0;
}
