import {
  CollectionStageChanged,
  GuaranteeStatusChanged,
  LoanClassified,
  LoanCured,
  LoanOverdueBucketChanged,
  LoanOverdueStarted,
  type DomainEvent,
} from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { keepCases } from '../collection-case/keep-cases.js';
import { LOAN_PROCESS } from '../loan/loan-process.js';
import { moveLoans, type LoanMove, type MovableLoan } from '../loan/move-loans.js';
import type { Standing } from './standing.js';

/** A loan whose standing was looked at. */
export interface StoodLoan extends MovableLoan {
  readonly tenantId: string;
  readonly oldestDueOn: IsoDate | null;
  readonly dpd: number;
  readonly before: Standing;
  readonly after: Standing;
}

/** For which day, from what, and when it became known. */
export interface Told {
  readonly on: IsoDate;
  /** Last day whose end is taken into account. */
  readonly through: IsoDate;
  readonly cause: 'close' | 'movement' | 'fact';
  readonly now: Date;
}

/**
 * A history row is written where what is told has changed; good conduct alone is no standing of its own. A loan whose first row finds it in time has been so since
 * its payout.
 */
const STORE = `
with given as (
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::date[], $8::date[], $9::int[], $10::int[], $15::text[],
    $16::text[], $17::text[], $18::text[], $19::boolean[])
    as g(loan_id, tenant_id, bucket, loan_class, ecl_stage, collection_stage, good_since, review_on, dpd, told, guarantee_status, own_class, obligor_rule, class_rules, bad_debt)
), standing as (
  insert into loan_standing as s (loan_id, tenant_id, bucket, loan_class, ecl_stage, collection_stage, good_since, review_on, through,
    bucket_on, class_on, stage_on, collection_on, changed_at, changes, guarantee_status, guarantee_on, own_class, obligor_rule, bad_debt, stood_on)
  select loan_id, tenant_id, bucket, loan_class, ecl_stage, collection_stage, good_since, review_on, $11::date,
    case when bucket = 'M0' then (select l.disbursed_on from loan l where l.loan_id = given.loan_id) else $12::date end, $12, $12, $12,
    $13::timestamptz, told, guarantee_status, case when guarantee_status is not null then $12::date end,
    own_class, obligor_rule, bad_debt, $12 from given
  on conflict (loan_id) do update set bucket = excluded.bucket, loan_class = excluded.loan_class, ecl_stage = excluded.ecl_stage,
    collection_stage = excluded.collection_stage, good_since = excluded.good_since, review_on = excluded.review_on, through = excluded.through,
    changed_at = excluded.changed_at,
    bucket_on = case when s.bucket = excluded.bucket then s.bucket_on else $12::date end,
    class_on = case when s.loan_class = excluded.loan_class then s.class_on else excluded.class_on end,
    stage_on = case when s.ecl_stage = excluded.ecl_stage then s.stage_on else excluded.stage_on end,
    collection_on = case when s.collection_stage is not distinct from excluded.collection_stage then s.collection_on else excluded.collection_on end,
    guarantee_status = excluded.guarantee_status,
    guarantee_on = case when s.guarantee_status is not distinct from excluded.guarantee_status then s.guarantee_on else $12::date end,
    own_class = excluded.own_class, obligor_rule = excluded.obligor_rule, bad_debt = excluded.bad_debt, stood_on = excluded.stood_on,
    changes = s.changes + excluded.changes
  returning s.loan_id, s.changes
)
insert into loan_standing_history (loan_id, seq, tenant_id, valid_on, known_at, cause, dpd, bucket, loan_class, ecl_stage, collection_stage, guarantee_status, class_rules)
select g.loan_id, s.changes, g.tenant_id, $12, $13, $14, g.dpd, g.bucket, g.loan_class, g.ecl_stage, g.collection_stage, g.guarantee_status,
  string_to_array(g.class_rules, ' ') from given g join standing s using (loan_id) where g.told = 1`;

const isStaged = ({ before, after }: Pick<StoodLoan, 'before' | 'after'>): boolean => before.collectionStage !== after.collectionStage;
const isGuaranteed = ({ before, after }: Pick<StoodLoan, 'before' | 'after'>): boolean => before.guaranteeStatus !== after.guaranteeStatus;
const isTold = ({ before, after }: StoodLoan): boolean =>
  isGuaranteed({ before, after }) ||
  before.bucket !== after.bucket ||
  before.loanClass !== after.loanClass ||
  before.eclStage !== after.eclStage ||
  isStaged({ before, after });
const isKept = ({ before, after }: StoodLoan): boolean =>
  before.goodSince !== after.goodSince ||
  before.reviewOn !== after.reviewOn ||
  before.ownClass !== after.ownClass ||
  before.obligorRule !== after.obligorRule ||
  before.isBadDebt !== after.isBadDebt;

/** One event for each change. */
function eventsOf({ loanId, applicationId, oldestDueOn, dpd, before, after }: StoodLoan, on: IsoDate): DomainEvent<unknown>[] {
  const loan = { applicationId, loanId, on };
  const events: DomainEvent<unknown>[] = [];
  if (before.bucket !== after.bucket) {
    if (after.bucket === 'M0') events.push(new LoanCured({ ...loan, bucketBefore: before.bucket }));
    else if (before.bucket === 'M0') events.push(new LoanOverdueStarted({ ...loan, oldestDueOn: oldestDueOn!, dpd, bucket: after.bucket }));
    else events.push(new LoanOverdueBucketChanged({ ...loan, dpd, bucket: after.bucket, bucketBefore: before.bucket }));
  }
  if (before.loanClass !== after.loanClass || before.eclStage !== after.eclStage) {
    const { loanClass, eclStage } = after;
    events.push(new LoanClassified({ ...loan, dpd, loanClass, loanClassBefore: before.loanClass, eclStage, eclStageBefore: before.eclStage }));
  }
  if (isStaged({ before, after })) {
    const [stage, stageBefore] = [after.collectionStage ?? undefined, before.collectionStage ?? undefined];
    events.push(new CollectionStageChanged({ ...loan, dpd, ...(stage && { stage }), ...(stageBefore && { stageBefore }) }));
  }
  if (isGuaranteed({ before, after })) {
    const [status, statusBefore] = [after.guaranteeStatus ?? undefined, before.guaranteeStatus ?? undefined];
    events.push(new GuaranteeStatusChanged({ ...loan, ...(status && { status }), ...(statusBefore && { statusBefore }) }));
  }
  return events;
}

/** A loan that is late is overdue, and one that is not goes on as agreed; of a loan that is in neither status, e.g. a settled one, lateness is no step. */
function moveOf(loan: StoodLoan): LoanMove | undefined {
  const { oldestDueOn, dpd, after } = loan;
  const [trigger, reason] = after.bucket === 'M0' ? (['ArrearsCleared', 'ARREARS_CLEARED'] as const) : (['DueDateMissed', 'DUE_DATE_MISSED'] as const);
  return LOAN_PROCESS.takes(loan.status, trigger) ? { loan, trigger, reason, evidence: { oldestDueOn, dpd, bucket: after.bucket } } : undefined;
}

const stagedOf = (loan: StoodLoan) => ({ ...loan, stageBefore: loan.before.collectionStage, stage: loan.after.collectionStage });

/** Writes the loans on which something has changed, with history and events; returns how many. Their rows are locked. */
export async function storeStandings(tx: EventTransaction, loans: readonly StoodLoan[], { on, through, cause, now }: Told): Promise<number> {
  const moves = loans.flatMap((loan) => moveOf(loan) ?? []);
  const changed = loans.filter((loan) => isTold(loan) || isKept(loan));
  const stays = moves.filter(({ loan }) => !(changed as readonly MovableLoan[]).includes(loan)).length;
  for (const loan of changed) for (const event of eventsOf(loan, on)) tx.emit(event);
  await moveLoans(tx, moves, on, now);
  if (changed.length === 0) return stays;
  await tx.query(STORE, [
    changed.map(({ loanId }) => loanId),
    changed.map(({ tenantId }) => tenantId),
    changed.map(({ after }) => after.bucket),
    changed.map(({ after }) => after.loanClass),
    changed.map(({ after }) => after.eclStage),
    changed.map(({ after }) => after.collectionStage),
    changed.map(({ after }) => after.goodSince),
    changed.map(({ after }) => after.reviewOn),
    changed.map(({ dpd }) => dpd),
    changed.map((loan) => (isTold(loan) ? 1 : 0)),
    through,
    on,
    now,
    cause,
    changed.map(({ after }) => after.guaranteeStatus),
    changed.map(({ after }) => after.ownClass),
    changed.map(({ after }) => after.obligorRule),
    changed.map(({ after }) => after.classRules.join(' ')),
    changed.map(({ after }) => after.isBadDebt),
  ]);
  await keepCases(tx, changed.filter(isStaged).map(stagedOf), on, now);
  return changed.length + stays;
}
