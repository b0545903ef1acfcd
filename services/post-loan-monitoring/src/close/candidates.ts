import { addDays, type IsoDate } from '@millrace/finance';
import { inForceOn } from './rules-of-day.js';
import { turningDueDates } from './late-on.js';

/** Which loans a day looks at. */
export type CloseScope = 'changes' | 'all';

/** Loans that the end of a day can change something on; `$1` to `$7` are the values of {@link candidateValues}. What no row tells of has not been late, or was booked late; what is late without a stage of collection was so before there were any. */
export const CANDIDATES = `
select l.loan_id from loan l where l.tenant_id = $1 and l.live and l.oldest_due_on = any($3::date[])
  and case when coalesce(l.clauses ->> 'holidayCalendar' = 'CN', false) then l.oldest_due_on = any($5::date[]) else l.oldest_due_on = any($4::date[]) end and $6 = 'changes'
union
select l.loan_id from loan l where l.tenant_id = $1 and l.live and l.oldest_due_on < $2 and $6 = 'changes'
  and not exists (select from loan_standing s where s.loan_id = l.loan_id)
union
select s.loan_id from loan_standing s where s.tenant_id = $1 and s.review_on <= $2 and s.through < $2 and $6 = 'changes'
union
select s.loan_id from loan_standing s where s.tenant_id = $1 and s.bucket <> 'M0' and s.collection_stage is null and s.through < $2 and $6 = 'changes'
  and exists (select from loan l where l.loan_id = s.loan_id and l.transferred_on is null)
union
select p.loan_id from collection_promise p join loan l using (loan_id) where p.tenant_id = $1 and p.state = 'open' and p.pay_by <= $2 and l.transferred_on is null
union
select g.loan_id from guarantee g where g.tenant_id = $1 and g.state = 'live' and g.lapses_on <= $7 and (g.alarmed_on is null or g.lapses_on <= $2)
union
select g.loan_id from guarantee g join loan l using (loan_id) where g.tenant_id = $1 and g.state = 'claimed' and l.settled_on <= $2
union
select l.loan_id from loan l where l.tenant_id = $1 and l.live and l.oldest_due_on < $2 and $6 = 'all'
union
select s.loan_id from loan_standing s where s.tenant_id = $1 and (s.bucket <> 'M0' or s.loan_class <> 'NORMAL' or s.ecl_stage <> 1) and $6 = 'all'`;

export function candidateValues(tenantId: string, day: IsoDate, scope: CloseScope): unknown[] {
  const rules = inForceOn(day);
  const { asDue, rolled } = turningDueDates(rules, day);
  const alarmedThrough = addDays(day, Math.max(...rules.map(({ guarantee }) => guarantee.lapseAlarmDays)));
  return [tenantId, day, [...new Set([...asDue, ...rolled])], asDue, rolled, scope, alarmedThrough];
}
