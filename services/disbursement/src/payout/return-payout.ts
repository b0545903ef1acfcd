import type { EventTransaction } from '@millrace/messaging';
import { returnReservation } from '../facility/end-reservation.js';
import { movePayout, type PayoutStatus } from './payout-process.js';
import { writePayout } from './write-payout.js';

/** A payout as a line that may bring it back is held against. */
export interface ReturnablePayout {
  readonly payoutId: string;
  readonly applicationId: string;
  readonly loanId: string;
  readonly tenantId: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly status: PayoutStatus;
  /** Null where the bank has not owned up to it yet. */
  readonly bankReference: string | null;
  /** False where persons are asked for its day. */
  readonly hasDay: boolean;
}

const COLUMNS = `o.payout_id as "payoutId", o.application_id as "applicationId", o.loan_id as "loanId", o.tenant_id as "tenantId", o.amount_minor::text as "amountMinor", o.currency,
  o.status, o.bank_reference as "bankReference", o.paid_at is not null as "hasDay"`;

/** The one that the bank calls so comes first; a loan has one payout at most that can have debited. */
const FIND = `
select ${COLUMNS} from payout o where o.tenant_id = $1 and o.loan_id = any($2::uuid[]) and o.status not in ('RESERVED', 'FAILED')
order by (o.bank_reference = $3) is true desc, o.created_at limit 1 for no key update of o`;

/** Locks the payout that the bank calls by a reference, among those of some loans; the likeliest where the bank has named none yet. */
export async function lockReturnable(
  tx: EventTransaction,
  tenantId: string,
  loanIds: readonly string[],
  bankReference: string,
): Promise<ReturnablePayout | undefined> {
  return (await tx.query<ReturnablePayout & Record<string, unknown>>(FIND, [tenantId, loanIds, bankReference])).rows[0];
}

/** The money is back: nothing is owed of it, and the limit is free again (R-DB-08). */
export async function returnPayout(tx: EventTransaction, { payoutId, status }: ReturnablePayout, lineId: string, now: Date): Promise<void> {
  const { next } = movePayout(status, 'returned');
  await writePayout(tx, payoutId, now, { status: next }, [{ action: 'RETURN', outcome: 'returned', detail: lineId }]);
  await returnReservation(tx, payoutId, now);
}
