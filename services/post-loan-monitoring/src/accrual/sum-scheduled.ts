import type { LoanClass } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { businessDayFrom } from '@millrace/policy';
import { scheduleShares } from '../provision/schedule-shares.js';
import { dueDatesMovingTo } from '../standing/payable-on.js';
import type { DaySum } from './day-sums.js';
import type { Share } from './accrue-share.js';

/** The oldest due date that is not late at the end of a day, of a loan whose due dates move off holidays: the first of those that move where the day itself does. */
const firstInTime = (day: IsoDate): IsoDate => dueDatesMovingTo(businessDayFrom(day)).at(-1)!;

/**
 * Of most loans a day is told by their schedules alone: they are in time, owe no charges, and no money of later days has come. One statement adds them up,
 * with nothing written for any of them. All others are named, to be played. What it reckons a play finds too, to the fen.
 */
const SUMS = `
with member as materialized (
  select l.loan_id, coalesce(l.product_code, 'unknown') as product_code, l.currency, split_part(l.policy_version, '.', 1) as lender_type, coalesce(s.loan_class, 'NORMAL') as loan_class, l.outstanding_principal_minor as principal,
    l.rate_bps, l.day_count, l.clauses is not null as by_actual_days, case when l.repayment_method = 'bullet' then l.tenor_months else 1 end as months,
    l.accrues_from = $2::date and l.disbursed_on < $2 as is_opening,
    coalesce(l.earns_by = 'play' or l.written_off_on is not null or l.transferred_on is not null or l.principal_minor > 5000000000 or (l.live and l.oldest_due_on is null)
      or l.oldest_due_on < case when l.clauses ->> 'holidayCalendar' = 'CN' then $5::date else $2 end
      or l.valued_on > $2 or l.settled_on <= $2 or l.late_until >= $2 or (l.late_until is not null and ($6 or l.accrues_from = $2))
      or s.loan_class not in ('NORMAL', 'SPECIAL_MENTION') or s.ecl_stage <> 1 or s.class_on >= $2
      or (l.clauses is null and l.day_count = 'periodic' and l.repayment_method = 'bullet' and l.tenor_months > 1), false) as is_played
  from loan l left join loan_standing s using (loan_id)
  where l.tenant_id = $1 and l.loan_id >= $3 and ($4::uuid is null or l.loan_id < $4) and l.accrues_from <= $2 and (l.settled_on is null or l.settled_on >= $2 or ($6 and l.accrues_from < $2))
    and (l.transferred_on is null or l.transferred_on >= $2 or ($6 and l.accrues_from < $2))
), reckoned as (
  select m.loan_id, m.product_code, m.currency, m.lender_type, m.loan_class, m.principal, m.is_opening,
    coalesce(sum(case when i.due_on <= $2 then i.interest_minor - i.waived_interest_minor - i.paid_interest_minor else e.today end), 0)::bigint as receivable,
    coalesce(sum(case when $6 then case when i.due_on <= $2 then i.interest_minor - i.waived_interest_minor else e.today end
      when i.due_on >= $2 then e.today - e.before else 0 end), 0)::bigint as earned
  from member m left join instalment i on i.loan_id = m.loan_id and i.starts_on < $2 and (i.due_on >= $2 or i.open or $6)
    cross join lateral (select
      earned_interest(i.balance_minor + i.principal_minor, m.rate_bps, m.day_count, m.by_actual_days, m.months, i.starts_on, i.due_on, i.interest_minor, $2) as today,
      earned_interest(i.balance_minor + i.principal_minor, m.rate_bps, m.day_count, m.by_actual_days, m.months, i.starts_on, i.due_on, i.interest_minor, $2 - 1) as before) e
  where not m.is_played group by m.loan_id, m.product_code, m.currency, m.lender_type, m.loan_class, m.principal, m.is_opening
), share as (
  select * from unnest($7::text[], $8::text[], $9::bigint[], $10::boolean[], $11::bigint[]) as s(lender_type, loan_class, of_schedule, of_interest, of_loss)
)
select r.product_code as "productCode", r.currency, r.loan_class as "loanClass", r.is_opening as "isOpening", count(*)::int as loans,
  sum(case when r.is_opening then r.receivable else r.earned end)::text as "interestMinor", sum(r.principal)::text as "principalMinor", sum(r.receivable)::text as "receivableMinor",
  sum(greatest((2 * (r.principal + case when s.of_interest then r.receivable else 0 end) * s.of_schedule + 10000) / 20000,
    (2 * (r.principal + r.receivable) * s.of_loss + 100000000) / 200000000))::text as "provisionMinor", null::uuid[] as "playedIds"
from reckoned r join share s using (lender_type, loan_class) group by r.product_code, r.currency, r.loan_class, r.is_opening
union all
select null, null, null, null, 0, null, null, null, null, array_agg(loan_id order by loan_id) from member where is_played`;

interface SumRow {
  readonly productCode: string;
  readonly currency: string | null;
  readonly loanClass: LoanClass;
  readonly isOpening: boolean;
  readonly loans: number;
  readonly interestMinor: string;
  readonly principalMinor: string;
  readonly receivableMinor: string;
  readonly provisionMinor: string;
  readonly playedIds: readonly string[] | null;
}

/** The loans of a share that their schedules tell of, added up, and the ids of those that have to be played: one statement, so that each is in one of the two. */
export async function sumScheduled(
  tx: EventTransaction,
  { tenantId, day, fromLoan, beforeLoan, isFirst }: Share,
): Promise<{ sums: DaySum[]; playedIds: string[] }> {
  const values = [tenantId, day, fromLoan, beforeLoan, firstInTime(day), isFirst, ...scheduleShares(day)];
  const { rows } = await tx.query<SumRow & Record<string, unknown>>(SUMS, values);
  return {
    sums: rows
      .filter(({ currency }) => currency !== null)
      .map(({ productCode, currency, loanClass, isOpening, loans, interestMinor, principalMinor, receivableMinor, provisionMinor }) => ({
        ...{ productCode, currency: currency!, loanClass, isOpening, loans, penaltyMinor: 0n, compoundMinor: 0n, memoMinor: 0n },
        interestMinor: BigInt(interestMinor),
        principalMinor: BigInt(principalMinor),
        receivableMinor: BigInt(receivableMinor),
        provisionMinor: BigInt(provisionMinor),
      })),
    playedIds: rows.flatMap(({ playedIds }) => playedIds ?? []),
  };
}
