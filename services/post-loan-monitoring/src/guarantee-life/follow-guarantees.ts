import { businessInstant, GuaranteeLapsed, GuaranteeLapseNear, GuaranteeReleased, type GuaranteeStatus } from '@millrace/contracts';
import { addDays, daysBetween, type IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { closeTasks, openTask } from '@millrace/tasks';
import type { Queries } from '../loan/read-account.js';
import { GUARANTEE_LAPSE } from './guarantee-lapse.task.js';
import { stateOf, type GuaranteeFacts } from './guarantee-state.js';

/** A guarantee with what is known of it. */
export interface KnownGuarantee extends GuaranteeFacts {
  readonly loanId: string;
  readonly guaranteeId: string;
  readonly applicationId: string;
  readonly tenantId: string;
  readonly policyVersion: string;
  readonly limitMinor: bigint;
  readonly state: GuaranteeStatus;
  readonly alarmedOn: IsoDate | null;
}

type Row = Omit<KnownGuarantee, 'limitMinor' | 'claimedMinor' | 'paidMinor'> & {
  readonly limitMinor: string;
  readonly claimedMinor: string | null;
  readonly paidMinor: string;
};

/** What the bank took back of a guarantor's money was never paid; a suit that was withdrawn was never filed. */
const READ = `
select g.loan_id as "loanId", g.guarantee_id as "guaranteeId", l.application_id as "applicationId", g.tenant_id as "tenantId", l.policy_version as "policyVersion", g.kind,
  g.limit_minor::text as "limitMinor", g.lapses_on::text as "lapsesOn", g.state, g.alarmed_on::text as "alarmedOn", g.claimed_minor::text as "claimedMinor",
  l.settled_on::text as "settledOn", l.transferred_on::text as "transferredOn",
  (select min(c.filed_on)::text from legal_case c where c.loan_id = g.loan_id and c.filed_on <= g.lapses_on and c.outcome is distinct from 'withdrawn') as "suedOn",
  (select coalesce(sum(p.subrogated_minor), 0)::text from guarantee_compensation p join repayment r using (loan_id, repayment_id)
   where p.loan_id = g.loan_id and p.guarantee_id = g.guarantee_id and r.reversed_at is null) as "paidMinor"
from guarantee g join loan l using (loan_id) where g.loan_id = any($1) order by g.loan_id, g.guarantee_id`;

/** The guarantees of some loans, as their facts are now. */
export async function readKnown(queries: Queries, loanIds: readonly string[]): Promise<KnownGuarantee[]> {
  const { rows } = await queries.query<Row>(READ, [loanIds]);
  return rows.map(({ limitMinor, claimedMinor, paidMinor, ...row }) => ({
    ...row,
    limitMinor: BigInt(limitMinor),
    claimedMinor: claimedMinor === null ? null : BigInt(claimedMinor),
    paidMinor: BigInt(paidMinor),
  }));
}

const MOVE = 'update guarantee set state = $3 where loan_id = $1 and guarantee_id = $2';
const ALARM = 'update guarantee set alarmed_on = $3 where loan_id = $1 and guarantee_id = $2';

/** For which business date it is told, and the last day that has ended by it. */
export interface FollowedDay {
  readonly on: IsoDate;
  readonly through: IsoDate;
  readonly now: Date;
}

/**
 * Brings the guarantees of some loans to what follows from their facts, and tells what has changed; the rows of the loans are locked. A guarantee lapses silently at
 * the guarantor's, and so is told here, some days before and on its day.
 * @returns ids of the loans of which a guarantee has changed
 */
export async function followGuarantees(tx: EventTransaction, loanIds: readonly string[], day: FollowedDay): Promise<Set<string>> {
  const changed = new Set<string>();
  for (const guarantee of await readKnown(tx, loanIds)) {
    const state = stateOf(guarantee, day.through);
    const { loanId, guaranteeId } = guarantee;
    if (state === 'live') await alarm(tx, guarantee, day);
    if (state === guarantee.state) continue;
    changed.add(loanId);
    await tx.query(MOVE, [loanId, guaranteeId, state]);
    if (state !== 'live') await closeTasks(tx, [GUARANTEE_LAPSE], guaranteeId, day.now);
    tell(tx, guarantee, state, day);
  }
  return changed;
}

/** Being asked to pay, and having paid, are told by whoever finds them. */
function tell(tx: EventTransaction, { applicationId, loanId, guaranteeId, lapsesOn }: KnownGuarantee, state: GuaranteeStatus, { on }: FollowedDay): void {
  if (state === 'lapsed') tx.emit(new GuaranteeLapsed({ applicationId, loanId, guaranteeId, lapsesOn }));
  if (state === 'released') tx.emit(new GuaranteeReleased({ applicationId, loanId, guaranteeId, on }));
}

/** Tells once that a guarantee lapses soon, and asks the people who can ask its guarantor. */
async function alarm(tx: EventTransaction, guarantee: KnownGuarantee, { through, now }: FollowedDay): Promise<void> {
  const { applicationId, loanId, guaranteeId, tenantId, policyVersion, lapsesOn, limitMinor, alarmedOn } = guarantee;
  if (alarmedOn !== null || lapsesOn <= through) return;
  const { lapseAlarmDays } = policyInForce(policyOf(policyVersion).lenderType, through).guarantee;
  if (addDays(lapsesOn, -lapseAlarmDays) > through) return;
  await tx.query(ALARM, [loanId, guaranteeId, through]);
  tx.emit(new GuaranteeLapseNear({ applicationId, loanId, guaranteeId, lapsesOn, daysLeft: daysBetween(through, lapsesOn) }));
  const facts = { applicationId, loanId, lapsesOn, limitMinor: String(limitMinor) };
  // The end of its day in Shanghai.
  const dueAt = businessInstant(addDays(lapsesOn, 1));
  await openTask(tx, GUARANTEE_LAPSE, { subjectId: guaranteeId, subject: { loanId, guaranteeId }, tenantId, facts, dueAt }, now);
}
