import type { GuaranteeStatus } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { isNonPerforming } from '../classification/loan-class.js';
import { followGuarantees, type FollowedDay } from '../guarantee-life/follow-guarantees.js';
import type { MovableLoan } from '../loan/move-loans.js';
import { readClassFacts, type ClassFact } from './class-facts.js';
import { NEVER_LATE, type Standing } from './standing.js';
import type { Lateness } from './stand.js';

/** A loan with the standing that is known of it. */
export interface StandingLoan extends Lateness, MovableLoan {
  readonly tenantId: string;
  readonly policyVersion: string;
  readonly isSettled: boolean;
  readonly isWrittenOff: boolean;
  /** Its claim was sold: it stands as the day of the sale has left it. */
  readonly isTransferred: boolean;
  /** A loan that goes on without a due date owes charges for lateness alone; of one with due dates the row does not tell. */
  readonly areCostsPaid: boolean;
  /** Product that it was lent as; null where the loan was booked before loans named theirs. */
  readonly productCode: string | null;
  /** Firm that owes it. */
  readonly uscc: string;
  readonly principalMinor: bigint;
  /** First day since which nothing of it has been late; null while something is. */
  readonly inTimeSince: IsoDate | null;
  readonly known: Standing;
  /** Last day whose end is taken into account; null for a loan that has never been late. */
  readonly through: IsoDate | null;
  /** Business date of what has told it last; null where that is not known. */
  readonly stoodOn: IsoDate | null;
  /** Days on which something falls due, of a loan that was non-performing; else empty, as nobody asks. */
  readonly dueDates: readonly IsoDate[];
  /** What is known of it besides its money. */
  readonly facts: readonly ClassFact[];
  /** States of its guarantees, in no order. */
  readonly guaranteeStates: readonly GuaranteeStatus[];
}

type KnownColumns = Omit<Standing, 'classRules'>;
type Row = Omit<StandingLoan, 'known' | 'dueDates' | 'facts' | 'principalMinor'> & { principalMinor: string } & {
  [P in keyof KnownColumns]: KnownColumns[P] | null;
};

const READ = `
select l.loan_id as "loanId", l.status, l.history_seq as "historySeq", l.history_head as "historyHead", l.application_id as "applicationId", l.tenant_id as "tenantId", l.policy_version as "policyVersion",
  l.oldest_due_on::text as "oldestDueOn", coalesce(l.clauses ->> 'holidayCalendar' = 'CN', false) as "rollsForward", not l.live as "isSettled", l.status = 'WRITTEN_OFF' as "isWrittenOff", l.transferred_on is not null as "isTransferred",
  not l.live or l.oldest_due_on is not null as "areCostsPaid", l.product_code as "productCode", l.uscc, l.outstanding_principal_minor::text as "principalMinor",
  (case when s.bucket is null then l.disbursed_on when s.bucket = 'M0' then s.bucket_on end)::text as "inTimeSince",
  s.bucket, s.loan_class as "loanClass", s.own_class as "ownClass", s.obligor_rule as "obligorRule", s.bad_debt as "isBadDebt", s.ecl_stage as "eclStage", s.collection_stage as "collectionStage", s.guarantee_status as "guaranteeStatus",
  array(select g.state from guarantee g where g.loan_id = l.loan_id) as "guaranteeStates", s.good_since::text as "goodSince", s.review_on::text as "reviewOn", s.through::text as through, s.stood_on::text as "stoodOn"
from loan l left join loan_standing s using (loan_id) where l.loan_id = any($1) order by l.loan_id`;

const DUE_DATES = `select loan_id as "loanId", array_agg(due_on::text order by number) as "dueDates" from instalment where loan_id = any($1) group by loan_id`;

/** Reads loans by their ids with what is known of their standing; their rows are locked, so that nobody changes either meanwhile. */
export async function readStandings(tx: Pick<EventTransaction, 'query'>, loanIds: readonly string[]): Promise<StandingLoan[]> {
  const { rows } = await tx.query<Row>(READ, [loanIds]);
  const nonPerforming = rows.flatMap(({ loanId, loanClass }) => (loanClass !== null && isNonPerforming(loanClass) ? [loanId] : []));
  const found = nonPerforming.length === 0 ? [] : (await tx.query<{ loanId: string; dueDates: IsoDate[] }>(DUE_DATES, [nonPerforming])).rows;
  const facts = await readClassFacts(tx, loanIds);
  const dueDates = new Map(found.map((row) => [row.loanId, row.dueDates]));
  return rows.map(({ bucket, loanClass, ownClass, obligorRule, isBadDebt, eclStage, collectionStage, guaranteeStatus, goodSince, reviewOn, ...loan }) => ({
    ...loan,
    principalMinor: BigInt(loan.principalMinor),
    known:
      bucket === null
        ? NEVER_LATE
        : {
            ...{ bucket, loanClass: loanClass!, ownClass: ownClass!, obligorRule, isBadDebt: isBadDebt!, classRules: [] },
            ...{ eclStage: eclStage!, collectionStage, guaranteeStatus, goodSince, reviewOn },
          },
    dueDates: dueDates.get(loan.loanId) ?? [],
    facts: facts.get(loan.loanId) ?? [],
  }));
}

/**
 * Reads loans that may stand otherwise than before as {@link readStandings} does, once their guarantees are where the day leaves them.
 */
export async function readFollowed(tx: EventTransaction, loanIds: readonly string[], day: FollowedDay): Promise<StandingLoan[]> {
  const loans = (await readStandings(tx, loanIds)).filter(({ isTransferred }) => !isTransferred);
  const guaranteed = loans.filter(({ guaranteeStates }) => guaranteeStates.length > 0);
  if (guaranteed.length === 0) return loans;
  const changed = await followGuarantees(
    tx,
    guaranteed.map(({ loanId }) => loanId),
    day,
  );
  if (changed.size === 0) return loans;
  return readStandings(
    tx,
    loans.map(({ loanId }) => loanId),
  );
}
