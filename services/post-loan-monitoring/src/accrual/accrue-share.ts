import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { addedUp, type DaySum } from './day-sums.js';
import { sumPlayed } from './sum-played.js';
import { sumScheduled } from './sum-scheduled.js';

const TAKE = `
select b.batch, b.from_loan as "fromLoan", b.before_loan as "beforeLoan", a.accrued_through is null as "isFirst" from accrual_batch b join accrual_state a using (tenant_id)
where b.tenant_id = $1 and b.day = $2 and b.done_at is null order by b.batch limit 1 for update of b skip locked`;

/** A loan of before begins to accrue on the first close after the update by which all of its money is valued. */
const OPEN = `
update loan set accrues_from = $2 where tenant_id = $1 and accrues_from is null and transferred_on is null and valued_on <= $2
  and loan_id >= $3 and ($4::uuid is null or loan_id < $4)`;

const KEEP = `
insert into accrual_sum (tenant_id, day, batch, product_code, currency, loan_class, is_opening, interest_minor, penalty_minor, compound_minor, memo_minor, loans, principal_minor,
  receivable_minor, provision_minor)
select $1, $2, $3, s.* from unnest($4::text[], $5::text[], $6::text[], $7::boolean[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::int[], $13::bigint[], $14::bigint[],
  $15::bigint[]) as s`;
const DONE = `update accrual_batch set done_at = $4 where tenant_id = $1 and day = $2 and batch = $3`;

/** A share of a day's book. */
export interface Share {
  readonly tenantId: string;
  readonly day: IsoDate;
  readonly batch: number;
  readonly fromLoan: string;
  readonly beforeLoan: string | null;
  /** No day was accrued before: it takes in all that was earned until then. */
  readonly isFirst: boolean;
}

/** Takes one share of a day that nobody else has, in one transaction; the number of its loans, or undefined where none is left to take. */
export async function accrueShare(tx: EventTransaction, tenantId: string, day: IsoDate, now: Date): Promise<number | undefined> {
  const { rows } = await tx.query<Pick<Share, 'batch' | 'fromLoan' | 'beforeLoan' | 'isFirst'>>(TAKE, [tenantId, day]);
  if (!rows[0]) return undefined;
  const share: Share = { tenantId, day, ...rows[0] };
  await tx.query(OPEN, [tenantId, day, share.fromLoan, share.beforeLoan]);
  const { sums, playedIds } = await sumScheduled(tx, share);
  const all = addedUp([...sums, ...(await sumPlayed(tx, share, playedIds))]);
  await tx.query(KEEP, [tenantId, day, share.batch, ...columnsOf(all)]);
  await tx.query(DONE, [tenantId, day, share.batch, now]);
  return all.reduce((total, { loans }) => total + loans, 0);
}

function columnsOf(sums: readonly DaySum[]): unknown[] {
  return [
    sums.map(({ productCode }) => productCode),
    sums.map(({ currency }) => currency),
    sums.map(({ loanClass }) => loanClass),
    sums.map(({ isOpening }) => isOpening),
    sums.map(({ interestMinor }) => interestMinor),
    sums.map(({ penaltyMinor }) => penaltyMinor),
    sums.map(({ compoundMinor }) => compoundMinor),
    sums.map(({ memoMinor }) => memoMinor),
    sums.map(({ loans }) => loans),
    sums.map(({ principalMinor }) => principalMinor),
    sums.map(({ receivableMinor }) => receivableMinor),
    sums.map(({ provisionMinor }) => provisionMinor),
  ];
}
