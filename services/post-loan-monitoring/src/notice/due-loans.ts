import { addDays, type IsoDate } from '@millrace/finance';
import type { Queries } from '../loan/read-account.js';
import { arrearsNotices, type NoticeRules } from './notice-of-day.js';
import { HAS_FAILED, NOTICE_TRIES, OF_SPELL } from './spell-letters.js';

/** A loan that a day may ask a notice for. */
export interface DueLoan {
  readonly loanId: string;
  /** Its oldest unpaid due date. */
  readonly dueOn: IsoDate;
  readonly uscc: string;
}

/** How far the loans of a day are taken: in the order of their oldest unpaid due dates, and of one date in that of their ids. */
export interface NoticePlace {
  readonly afterDueOn: IsoDate;
  readonly afterLoan: string;
}

/** Before the first loan. */
export const FIRST_PLACE: NoticePlace = { afterDueOn: '0001-01-01', afterLoan: '00000000-0000-0000-0000-000000000000' };

const COLUMNS = `l.loan_id as "loanId", l.oldest_due_on::text as "dueOn", l.uscc`;

/** Loans that are late by so much that something is written, and about whose present arrears no letter of that kind is on its way or delivered; each late loan is passed once a day, in the order of `loan_late`. */
const LATE = `
select ${COLUMNS} from loan l
where l.tenant_id = $1 and l.live and l.oldest_due_on <= $2 and (l.oldest_due_on, l.loan_id) > ($3::date, $4::uuid)
  and exists (
    select from jsonb_to_recordset($5::jsonb) as n("lenderType" text, kind text, "dueAfter" date, "dueThrough" date)
      left join guarantee g on n.kind = 'guarantor_notice' and g.loan_id = l.loan_id and g.state = 'live'
    where n."lenderType" = split_part(l.policy_version, '.', 1) and l.oldest_due_on <= n."dueThrough" and (n."dueAfter" is null or l.oldest_due_on > n."dueAfter")
      and (n.kind <> 'guarantor_notice' or g.guarantee_id is not null)
      and (select count(*) < ${NOTICE_TRIES} and count(*) filter (where not ${HAS_FAILED}) = 0 from letter t join dispatch d using (letter_id)
           where t.loan_id = l.loan_id and t.kind = n.kind and t.guarantee_id is not distinct from g.guarantee_id and ${OF_SPELL}))
order by l.oldest_due_on, l.loan_id limit $6`;

/** Loans of a licence whose due date is coming. */
const COMING = `
select ${COLUMNS} from loan l
where l.tenant_id = $1 and l.live and l.oldest_due_on = $2 and l.loan_id > $3 and split_part(l.policy_version, '.', 1) = any($4)
order by l.loan_id limit $5`;

const LICENCES = 'select lender_type as "lenderType" from tenant_licence where tenant_id = $1';

/** Due dates that are late by so much at the end of a day, a row for each notice of each licence; one that moves off a holiday is late by fewer days, which a play of its loan tells. */
function lateDates(rules: readonly NoticeRules[], day: IsoDate) {
  const daysBefore = (days: number | null): IsoDate | null => (days === null ? null : addDays(day, -days));
  return rules.flatMap((one) =>
    arrearsNotices(one).map(({ kind, fromDpd, beforeDpd }) => {
      return { lenderType: one.lenderType, kind, dueAfter: daysBefore(beforeDpd), dueThrough: addDays(day, -fromDpd) };
    }),
  );
}

/** Due dates that loans of licences are reminded of on the day after one, in their order, each with the licences. */
function comingDates(rules: readonly NoticeRules[], day: IsoDate): [dueOn: IsoDate, lenderTypes: string[]][] {
  const byDate = new Map<IsoDate, string[]>();
  for (const { lenderType, collection } of rules)
    for (const ahead of collection.remindDaysBefore) {
      const dueOn = addDays(day, 1 + ahead);
      byDate.set(dueOn, [...(byDate.get(dueOn) ?? []), lenderType]);
    }
  return [...byDate].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** The next loans, at most so many, that a day can ask a notice for: those that are late, and then those whose due date is coming by the rules of a licence that the tenant has loans of. */
export async function nextDueLoans(
  queries: Queries,
  tenantId: string,
  day: IsoDate,
  rules: readonly NoticeRules[],
  { afterDueOn, afterLoan }: NoticePlace,
  most: number,
): Promise<DueLoan[]> {
  const late = lateDates(rules, day);
  const lateThrough = late
    .map(({ dueThrough }) => dueThrough)
    .toSorted()
    .at(-1)!;
  const loans: DueLoan[] = [];
  if (afterDueOn <= lateThrough) {
    const values = [tenantId, lateThrough, afterDueOn, afterLoan, JSON.stringify(late), most];
    loans.push(...(await queries.query<DueLoan & Record<string, unknown>>(LATE, values)).rows);
  }
  if (loans.length === most) return loans;
  const { rows } = await queries.query<{ lenderType: string }>(LICENCES, [tenantId]);
  const ofTenant = rules.filter(({ lenderType }) => rows.some((row) => row.lenderType === lenderType));
  for (const [dueOn, lenderTypes] of comingDates(ofTenant, day).filter(([date]) => date >= afterDueOn)) {
    const from = dueOn === afterDueOn ? afterLoan : FIRST_PLACE.afterLoan;
    loans.push(...(await queries.query<DueLoan & Record<string, unknown>>(COMING, [tenantId, dueOn, from, lenderTypes, most - loans.length])).rows);
    if (loans.length === most) return loans;
  }
  return loans;
}
