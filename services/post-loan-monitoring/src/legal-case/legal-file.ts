import type { LegalFileAnswer } from '@millrace/contracts/api';
import { addMonths, type IsoDate } from '@millrace/finance';
import type { Queries } from '../loan/read-account.js';

/** Cases, demands and limitation of a loan, as the API describes them. */
export type LegalFile = LegalFileAnswer;
type Case = LegalFile['cases'][number];

const CASES = `
select c.case_id as "legalCaseId", c.kind, c.court, c.court_reference as "courtReference", c.filed_on::text as "filedOn", c.claim_minor::text as "claimMinor",
  c.outcome, c.closed_on::text as "closedOn", (select lower(d.state) from dispatch d where d.dispatch_id = c.filing_id) as filing,
  (select coalesce(json_agg(f.finding), '[]') from (
     select w.finding, null::bigint as seq from court_watch w where w.loan_id = c.loan_id and w.case_id = c.case_id and w.finding is not null
     union all
     select n.finding, n.seq from court_news n where n.loan_id = c.loan_id and n.case_id = c.case_id and n.finding is not null
     order by seq nulls first limit 100) f) as findings,
  (select coalesce(json_agg(json_build_object('kind', u.kind, 'on', u.happened_on, 'awardedMinor', u.awarded_minor::text, 'documentSha256', u.document_sha256)
     order by u.seq), '[]') from legal_case_update u where u.loan_id = c.loan_id and u.case_id = c.case_id) as updates
from legal_case c where c.loan_id = $1 order by c.seq`;

const DEMANDS = `
select demand_id as "demandId", served_on::text as "servedOn", channel, document_sha256 as "documentSha256" from loan_demand where loan_id = $1 order by seq`;

/** From when the claim is limited: the last due date, or the day on which it was called in, begun anew by each demand, payment and case (G-EC-07). */
const LIMITATION = `
select greatest(
  coalesce(l.accelerated_on, l.matures_on),
  (select max(d.served_on) from loan_demand d where d.loan_id = $1),
  (select max(coalesce(c.closed_on, c.filed_on)) from legal_case c where c.loan_id = $1),
  (select max(r.received_on) from repayment r where r.loan_id = $1 and r.reversed_at is null)
)::text as "from", exists (select from legal_case c where c.loan_id = $1 and c.closed_on is null) as "isInCourt" from loan l where l.loan_id = $1`;

/** When a claim is limited. */
export interface Limitation {
  /** Day from which the years run. */
  readonly from: IsoDate;
  /** Last day on which the claim can be enforced; null while a court has it. */
  readonly endsOn: IsoDate | null;
}

export async function limitationOf(queries: Queries, loanId: string, years: number): Promise<Limitation> {
  const { rows } = await queries.query<{ from: IsoDate; isInCourt: boolean }>(LIMITATION, [loanId]);
  const { from, isInCourt } = rows[0]!;
  return { from, endsOn: isInCourt ? null : addMonths(from, years * 12) };
}

export async function readLegalFile(queries: Queries, loanId: string, years: number): Promise<LegalFile> {
  const cases = (await queries.query<Case>(CASES, [loanId])).rows;
  const demands = (await queries.query<LegalFile['demands'][number]>(DEMANDS, [loanId])).rows;
  const { from, endsOn } = await limitationOf(queries, loanId, years);
  return { loanId, limitationFrom: from, limitationEndsOn: endsOn, cases, demands };
}

/** A case of a loan that is open; undefined where there is none of this id. */
export async function openCase(queries: Queries, loanId: string, caseId: string): Promise<Case | undefined> {
  return (await queries.query<Case>(CASES, [loanId])).rows.find((one) => one.legalCaseId === caseId && one.closedOn === null);
}
