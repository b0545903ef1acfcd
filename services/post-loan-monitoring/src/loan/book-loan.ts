import { businessDate, newId, type LoanActivated, type PayloadOf } from '@millrace/contracts';
import { buildSchedule, percentOfBps, type IsoDate, type Schedule } from '@millrace/finance';
import type { EventTransaction, TransactionContext } from '@millrace/messaging';
import { historyInsertFrom, historyJson, START } from '@millrace/process';
import { entryColumns, lineColumns, type JournalEntry } from '../ledger/journal-entry.js';
import { bookingLines, type Lent } from '../ledger/journal-lines.js';
import { industrySectionOf } from './industry-section.js';
import { NO_HISTORY, sealStep } from './loan-history.js';
import { LOAN_PROCESS, LOAN_SUBJECT } from './loan-process.js';

/** Everything hangs on the loan's row, so that a second delivery, under whatever event id, writes nothing. */
const BOOK = `
with booked as (
  insert into loan (loan_id, application_id, contract_id, payout_id, tenant_id, partner_id, uscc, currency, principal_minor, rate_bps, tenor_months,
    repayment_method, day_count, disbursed_on, policy_version, matures_on, instalment_minor, total_interest_minor, status, outstanding_principal_minor,
    oldest_due_on, valued_on, booked_at, updated_at, live, history_seq, history_head, clauses, product_code, industry_section, first_due_on, accrues_from)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $37, $9, $19, $14, $20, $20, $38, 1, $39, $41, $42, $43, $19, $14)
  on conflict do nothing returning loan_id, tenant_id, policy_version
), rows as (
  insert into instalment (loan_id, number, starts_on, due_on, principal_minor, interest_minor, balance_minor)
  select booked.loan_id, r.* from booked, unnest($21::int[], $22::date[], $23::date[], $24::bigint[], $25::bigint[], $26::bigint[]) as r
), entry as (
  insert into journal_entry (entry_id, tenant_id, loan_id, posted_on, value_on, source_kind, source_id, recorded_at)
  select e.entry_id, booked.tenant_id, booked.loan_id, $27, e.value_on, e.source_kind, e.source_id, $20
  from booked, unnest($28::uuid[], $29::text[], $30::uuid[], $31::date[]) as e(entry_id, source_kind, source_id, value_on)
), lines as (
  insert into journal_line (entry_id, line_no, account, debit_minor, credit_minor)
  select l.* from booked, unnest($32::uuid[], $33::int[], $34::text[], $35::bigint[], $36::bigint[]) as l
), accrual as (
  insert into accrual_state (tenant_id) select tenant_id from booked on conflict do nothing
), licence as (
  insert into tenant_licence (tenant_id, lender_type) select tenant_id, split_part(policy_version, '.', 1) from booked on conflict do nothing
), history as (
  ${historyInsertFrom(LOAN_SUBJECT, '$40', 'booked')}
)
select (select a.accrued_through::text from accrual_state a where a.tenant_id = booked.tenant_id) as "accruedThrough" from booked`;

/** Terms that a loan is booked by, as the hub says them. */
export type BookableLoan = PayloadOf<LoanActivated>;

/** A loan that was booked. */
export interface BookedLoan {
  readonly schedule: Schedule;
  /** Last day whose accrual is posted for the loans of its tenant; null before the first. */
  readonly accruedThrough: IsoDate | null;
}

/** Makes the loan account with its schedule and its first journal entry; undefined where the loan is booked already. Throws InvalidTermsError. */
export async function bookLoan(tx: EventTransaction, loan: BookableLoan, now: Date, lent: Lent = 'paid_out'): Promise<BookedLoan | undefined> {
  const schedule = buildSchedule({
    method: loan.repaymentMethod,
    principalMinor: BigInt(loan.principalMinor),
    annualRatePercent: percentOfBps(loan.rateBps),
    instalments: loan.tenorMonths,
    disbursedOn: loan.disbursedOn,
    dayCount: loan.dayCount,
  });
  const values = [
    ...bookingValues(loan, schedule, now, lent),
    ...firstStep(tx.context, loan, now, lent),
    loan.productCode ?? null,
    loan.industryCode === undefined ? null : industrySectionOf(loan.industryCode),
  ];
  const { rows } = await tx.query<Omit<BookedLoan, 'schedule'>>(BOOK, values);
  return rows[0] && { schedule, ...rows[0] };
}

/** The loan begins as its process table says: status, whether it goes on, and the first row of its sealed history. */
function firstStep(
  context: TransactionContext,
  { loanId, applicationId, payoutId, principalMinor, disbursedOn, clauses }: BookableLoan,
  now: Date,
  lent: Lent,
): unknown[] {
  const [trigger, reason] = lent === 'renewal' ? (['RenewalSigned', 'RENEWED'] as const) : (['LoanActivated', 'PAID'] as const);
  const verdict = LOAN_PROCESS.consult(START, trigger);
  if (verdict.kind !== 'row') throw new Error('the process of the loan has no beginning');
  const { next } = verdict.row;
  const evidence = { applicationId, payoutId, principalMinor, disbursedOn };
  const step = { loanId, from: START, to: next, trigger, reason, evidence, history: NO_HISTORY } as const;
  const entry = sealStep(context, step, now);
  return [next, LOAN_PROCESS.isLive(next), entry.rowSha256, historyJson(LOAN_SUBJECT, loanId, entry), clauses ? JSON.stringify(clauses) : null];
}

function bookingValues(loan: BookableLoan, { rows, instalmentMinor, totalInterestMinor }: Schedule, now: Date, lent: Lent): unknown[] {
  const entry: JournalEntry = {
    entryId: newId(),
    sourceKind: 'LOAN_BOOKED',
    sourceId: loan.payoutId,
    reverses: null,
    correction: 0,
    valueOn: loan.disbursedOn,
    lines: bookingLines(BigInt(loan.principalMinor), lent),
    allocation: [],
  };
  return [
    loan.loanId,
    loan.applicationId,
    loan.contractId,
    loan.payoutId,
    loan.tenantId,
    loan.partnerId,
    loan.uscc,
    loan.currency,
    loan.principalMinor,
    loan.rateBps,
    loan.tenorMonths,
    loan.repaymentMethod,
    loan.dayCount,
    loan.disbursedOn,
    loan.policyVersion,
    rows.at(-1)!.due,
    instalmentMinor,
    totalInterestMinor,
    // A loan of fewer fen than instalments has rows that ask for nothing.
    rows.find(({ totalMinor }) => totalMinor > 0n)!.due,
    now,
    rows.map(({ number }) => number),
    rows.map((_, index) => rows[index - 1]?.due ?? loan.disbursedOn),
    rows.map(({ due }) => due),
    rows.map((row) => row.principalMinor),
    rows.map((row) => row.interestMinor),
    rows.map(({ balanceMinor }) => balanceMinor),
    businessDate(now),
    ...entryColumns([entry]),
    ...lineColumns([entry]),
  ];
}
