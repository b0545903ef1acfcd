import { addDays, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { NIL } from 'uuid';

/** Loans of one share: some hundred milliseconds, for which money that comes late for one of them may have to wait. */
export const LOANS_OF_SHARE = 10_000;

/** Nobody's late money is under way while the shares of a day are made, nor when they are posted. */
const LOCK = `select accrued_through::text as through from accrual_state where tenant_id = $1 for update`;

/** The first share begins before every id, and the last one has no end: a loan that is booked meanwhile is in one of them. */
const PLAN = `
insert into accrual_batch (tenant_id, day, batch, from_loan, before_loan)
select $1, $2, place / $3, case when place = 0 then $4::uuid else loan_id end, lead(loan_id) over (order by place)
from (select loan_id, (row_number() over (order by loan_id) - 1)::int as place from loan where tenant_id = $1) numbered where place % $3 = 0
on conflict do nothing`;

const LEFT = `select count(*)::int as count from accrual_batch where tenant_id = $1 and day = $2 and done_at is null`;

/** A day of a tenant, locked until the transaction ends. */
export interface LockedDay {
  /** Its sums are posted. */
  readonly isPosted: boolean;
  /** Days before it were accrued. */
  readonly isFirst: boolean;
}

export async function lockDay(tx: EventTransaction, tenantId: string, day: IsoDate): Promise<LockedDay> {
  const { rows } = await tx.query<{ through: IsoDate | null }>(LOCK, [tenantId]);
  const through = rows[0]?.through ?? null;
  if (through !== null && addDays(through, 1) < day)
    throw new Error(`the accrual of ${tenantId} is closed through ${through}, and ${day} is not the day after it`);
  return { isPosted: through !== null && through >= day, isFirst: through === null };
}

/** Makes the shares of a day where there are none yet; false where its sums are posted already. */
export async function planAccrual(tx: EventTransaction, tenantId: string, day: IsoDate): Promise<boolean> {
  const { isPosted } = await lockDay(tx, tenantId, day);
  if (!isPosted) await tx.query(PLAN, [tenantId, day, LOANS_OF_SHARE, NIL]);
  return !isPosted;
}

const PLANNED = `
select exists (select from accrual_batch where tenant_id = $1 and day = $2) or exists (select from accrual_state where tenant_id = $1 and accrued_through >= $2) as "isPlanned"`;

/** Whether the shares of a day are made already, so that the classes by which it earns stand. */
export async function isPlanned(tx: EventTransaction, tenantId: string, day: IsoDate): Promise<boolean> {
  return (await tx.query<{ isPlanned: boolean }>(PLANNED, [tenantId, day])).rows[0]!.isPlanned;
}

const KEEP_UNPLANNED = 'select 1 from accrual_state where tenant_id = $1 for share';

/** Keeps the shares of a day from being made until the transaction ends; false where they are made already. */
export async function keepUnplanned(tx: EventTransaction, tenantId: string, day: IsoDate): Promise<boolean> {
  await tx.query(KEEP_UNPLANNED, [tenantId]);
  // Asked after the lock, so that what was made meanwhile is seen.
  return !(await isPlanned(tx, tenantId, day));
}

/** Shares of a day that are not done. */
export async function sharesLeft(tx: EventTransaction, tenantId: string, day: IsoDate): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(LEFT, [tenantId, day]);
  return rows[0]!.count;
}
