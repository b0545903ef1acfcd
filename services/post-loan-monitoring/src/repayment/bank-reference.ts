import type { EventTransaction } from '@millrace/messaging';

type Queries = Pick<EventTransaction, 'query'>;

const BOOKED = 'select 1 from repayment where tenant_id = $1 and bank_reference = $2 and reversed_at is null';

const KEPT = `
select 1 from bank_line b join suspense s using (line_id) where b.tenant_id = $1 and b.bank_reference = $2 and s.state in ('open', 'refunding', 'returned', 'price', 'passed_on') limit 1`;

// The same key as that of the names which a batch of events shares.
const LOCK = `select pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || $1, 0))`;

/** Name of a bank's reference among what transactions wait for. */
export function referenceName(tenantId: string, bankReference: string): string {
  return `bank reference ${tenantId} ${bankReference}`;
}

/** Lets one transaction at a time ask and say what a bank reference is: its line, a report of it and its assignment may come at once, for different loans. */
export async function lockReference(tx: Queries, tenantId: string, bankReference: string): Promise<void> {
  await tx.query(LOCK, [referenceName(tenantId, bankReference)]);
}

/** True where the bank's statement shows money under a reference that two persons are to decide about, or have sent back: no report of it waits beside. */
export async function isKept(tx: Queries, tenantId: string, bankReference: string): Promise<boolean> {
  return ((await tx.query(KEPT, [tenantId, bankReference])).rowCount ?? 0) > 0;
}

/** True where a repayment that counts has the reference already. */
export async function isBooked(tx: Queries, tenantId: string, bankReference: string): Promise<boolean> {
  return ((await tx.query(BOOKED, [tenantId, bankReference])).rowCount ?? 0) > 0;
}
