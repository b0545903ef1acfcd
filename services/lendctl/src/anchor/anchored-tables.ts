import { LENDING_SERVICES, type LendingService } from '@millrace/service';
import type { Installation } from '../installation/installation.js';

/** An append-only table whose rows have a position, and are anchored in stretches. */
export interface AnchoredTable {
  /** Unique; stands in anchors for good. */
  readonly name: string;
  readonly service: LendingService;
  readonly what: string;
  /**
   * Gives `position` and `line`, the row's text. Columns are named one by one and in a form that no setting of a session changes, because a later
   * migration or another server must give the same text.
   */
  readonly lines: string;
}

const JOURNAL = `select e.seq as position, jsonb_build_array(e.seq, e.entry_id, e.tenant_id, e.loan_id, e.posted_on, e.value_on, e.source_kind, e.source_id, extract(epoch from e.recorded_at),
  (select jsonb_agg(jsonb_build_array(l.line_no, l.account, l.debit_minor, l.credit_minor) order by l.line_no) from journal_line l where l.entry_id = e.entry_id),
  (select jsonb_agg(jsonb_build_array(a.line_no, a.loan_id, a.instalment, a.bucket, a.amount_minor) order by a.line_no) from allocation a where a.entry_id = e.entry_id))::text as line
from journal_entry e`;
const PAYOUT_STEPS = `select step_id as position, jsonb_build_array(step_id, payout_id, extract(epoch from at), action, outcome, detail)::text as line from payout_step`;
const RESTRICTED_READS = `select read_id as position,
  jsonb_build_array(read_id, tenant_id, application_id, what, staff_id, request_id, extract(epoch from at))::text as line from restricted_read`;
/** Steps of held items, as tasks of two persons were kept before; anchors hold what they were. */
const HELD_STEPS = `select step_id as position,
  jsonb_build_array(step_id, held_id, extract(epoch from at), action, by, decision, parameters, reason)::text as line from held_item_step`;
// A step without the seal of a comment has the line that it had before there were such seals.
const TASK_STEPS = `select step_id as position, (jsonb_build_array(step_id, task_id, extract(epoch from at), action, by, given_to, decision, parameters, reason)
  || case when comment_sha256 is null then '[]'::jsonb else jsonb_build_array(comment_sha256) end)::text as line from task_step`;
// What comes of an action is written at its end, so that it is no part of the line.
const OPERATOR_ACTIONS = `select position, jsonb_build_array(action_id, command, parameters, performed_by, extract(epoch from started_at))::text as line from operator_action`;

const historyOf = (id: string, table: string): string => `select position,
  jsonb_build_array(position, ${id}, seq, trigger, effect, status_from, status_to, actor_kind, actor_id, reason, evidence, causation_id, extract(epoch from at), row_sha256)::text as line
  from ${table}`;

/** Every such table of every service. The histories of applications are chains of their own, and anchored by their heads. */
export const ANCHORED_TABLES: readonly AnchoredTable[] = [
  { name: 'post-loan-monitoring/journal', service: 'post-loan-monitoring', what: 'the journal', lines: JOURNAL },
  { name: 'disbursement/payout_step', service: 'disbursement', what: 'the steps of payouts', lines: PAYOUT_STEPS },
  { name: 'kyc-antifraud/restricted_read', service: 'kyc-antifraud', what: 'the log of restricted reads', lines: RESTRICTED_READS },
  {
    name: 'loan-application/drawdown_history',
    service: 'loan-application',
    what: 'the steps of drawdowns',
    lines: historyOf('drawdown_id', 'drawdown_history'),
  },
  { name: 'post-loan-monitoring/loan_history', service: 'post-loan-monitoring', what: 'the steps of loans', lines: historyOf('loan_id', 'loan_history') },
  ...LENDING_SERVICES.flatMap((service) => [
    { name: `${service}/held_item_step`, service, what: 'the steps of held items', lines: HELD_STEPS },
    { name: `${service}/task_step`, service, what: 'the steps of tasks', lines: TASK_STEPS },
    { name: `${service}/operator_action`, service, what: "the trail of operators' actions", lines: OPERATOR_ACTIONS },
  ]),
];

/** Position after which a stretch begins, and its last one. */
export interface Bounds {
  readonly after: string;
  readonly upTo: string;
}

/** What a stretch holds now. */
export interface Digest extends Bounds {
  readonly rows: number;
  readonly sha256: string;
}

/** Digests of stretches of one table, computed where the rows are; in the order of the stretches. */
export async function digestsOf(installation: Installation, { service, lines }: AnchoredTable, stretches: readonly Bounds[]): Promise<Digest[]> {
  return installation.rows<Digest & Record<string, unknown>>(
    service,
    `select s.after::text, s.up_to::text as "upTo", count(r.position)::int as rows,
       encode(sha256(convert_to(coalesce(string_agg(r.line, chr(10) order by r.position), ''), 'UTF8')), 'hex') as sha256
     from unnest($1::bigint[], $2::bigint[]) with ordinality as s(after, up_to, place)
     left join lateral (select position, line from (${lines}) l where l.position > s.after and l.position <= s.up_to) r on true
     group by s.place, s.after, s.up_to order by s.place`,
    [stretches.map(({ after }) => after), stretches.map(({ upTo }) => upTo)],
  );
}

/** Last position of the next rows of a table, at most `limit` of them and none behind `end`; undefined where there are none. */
export async function nextEnd(
  installation: Installation,
  { service, lines }: AnchoredTable,
  { after, end, limit }: { after: string; end: string; limit: number },
): Promise<string | undefined> {
  const [row] = await installation.rows<{ upTo: string | null }>(
    service,
    `select max(position)::text as "upTo" from (select position from (${lines}) l where l.position > $1 and l.position <= $2 order by l.position limit $3) next`,
    [after, end, limit],
  );
  return row?.upTo ?? undefined;
}

/** Last position that a table has now. */
export async function lastPosition(installation: Installation, { service, lines }: AnchoredTable): Promise<string> {
  const [row] = await installation.rows<{ last: string }>(service, `select coalesce(max(position), 0)::text as last from (${lines}) l`);
  return row!.last;
}
