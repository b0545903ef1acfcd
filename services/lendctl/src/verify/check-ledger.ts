import type { LendingService } from '@millrace/service';
import type { Finding, Invariant } from './invariant.js';

/** Rows that break a rule, as a statement gives them. */
interface Fault extends Record<string, unknown> {
  readonly subject: string;
  readonly what: string;
}

const UNBALANCED = `
select e.entry_id as subject, format('has %s lines, debit %s fen, credit %s fen', count(l.entry_id), coalesce(sum(l.debit_minor), 0), coalesce(sum(l.credit_minor), 0)) as what
from journal_entry e left join journal_line l on l.entry_id = e.entry_id
group by e.entry_id having count(l.entry_id) < 2 or sum(l.debit_minor) <> sum(l.credit_minor)`;

/** 1303 is principal owed, 9002 the same of a loan that was written off, 2241 money held for borrowers (see the chart of accounts in 0001_ledger.sql). */
const ACCOUNT_TOTALS = `
with booked as (
  select e.loan_id,
    coalesce(sum(l.debit_minor - l.credit_minor) filter (where l.account in ('1303', '9002')), 0) as principal,
    coalesce(sum(l.credit_minor - l.debit_minor) filter (where l.account = '2241'), 0) as held,
    coalesce(sum(l.debit_minor - l.credit_minor) filter (where l.account = '1002' and e.source_kind not in ('LOAN_BOOKED', 'PAYOUT_RETURNED')), 0) as received
  from journal_entry e join journal_line l on l.entry_id = e.entry_id group by e.loan_id
), planned as (
  select loan_id, sum(principal_minor) as principal, sum(paid_principal_minor) as paid from instalment group by loan_id
), repaid as (
  select r.loan_id, sum(r.amount_minor) as received from repayment r left join repayment_reversal b using (loan_id, repayment_id)
  where b.loan_id is null group by r.loan_id
)
select l.loan_id as subject, fault as what
from loan l left join booked b using (loan_id) left join planned p using (loan_id) left join repaid r using (loan_id),
  lateral (values
    (case when b.loan_id is null then 'has no journal' end),
    (case when b.principal <> l.outstanding_principal_minor then format('owes %s fen of principal, its journal says %s', l.outstanding_principal_minor, b.principal) end),
    (case when b.held <> l.held_minor then format('has %s fen held, its journal says %s', l.held_minor, b.held) end),
    (case when b.received <> coalesce(r.received, 0) then format('received %s fen in repayments, its journal says %s', coalesce(r.received, 0), b.received) end),
    (case when p.principal is distinct from l.principal_minor then format('lent %s fen, its instalments say %s', l.principal_minor, p.principal) end),
    (case when p.paid <> l.principal_minor - l.outstanding_principal_minor
      then format('has %s fen of principal repaid, its instalments say %s', l.principal_minor - l.outstanding_principal_minor, p.paid) end)
  ) as faults(fault)
where fault is not null order by l.loan_id`;

const LIMITS = `
with reserved as (
  select facility_id, sum(amount_minor) filter (where status in ('RESERVED', 'USED')) as amount from limit_reservation group by facility_id
), owed as (
  select f.tenant_id, f.uscc, sum(coalesce(r.amount, 0)) as amount from facility f left join reserved r using (facility_id) group by f.tenant_id, f.uscc
)
select f.facility_id::text as subject, format('has %s fen committed, its reservations say %s', f.committed_minor, coalesce(r.amount, 0)) as what
from facility f left join reserved r using (facility_id) where f.committed_minor <> coalesce(r.amount, 0)
union all
select e.uscc, format('has an exposure of %s fen, its reservations say %s', e.exposure_minor, coalesce(o.amount, 0))
from obligor_exposure e left join owed o using (tenant_id, uscc) where e.exposure_minor <> coalesce(o.amount, 0)`;

/** 2242 is money whose loan is not known (see 0012_bank_line.sql). */
const SUSPENSE = `
with booked as (
  select e.tenant_id, sum(l.credit_minor - l.debit_minor) as minor from journal_line l join journal_entry e using (entry_id) where l.account = '2242' group by e.tenant_id
), kept as (
  select b.tenant_id, sum(b.amount_minor) as minor from suspense s join bank_line b using (line_id) where s.state in ('open', 'refunding') group by b.tenant_id
)
select tenant_id as subject, format('has %s fen in suspense, its open cases say %s', coalesce(b.minor, 0), coalesce(k.minor, 0)) as what
from booked b full join kept k using (tenant_id) where coalesce(b.minor, 0) <> coalesce(k.minor, 0)`;

const LINES = `
select b.line_id::text as subject, format('is a line of %s fen that is %s, %s%s', b.amount_minor, b.outcome,
  case when r.line_id is null then 'and no repayment rests on it' else format('and its repayment has %s', r.amount_minor) end,
  case when s.state is null then '' else format(' and its money in suspense is %s', s.state) end) as what
from bank_line b left join repayment r on r.line_id = b.line_id and r.reversed_at is null left join suspense s on s.line_id = b.line_id
where case when b.outcome = 'RETURNED' then not exists (select from loan v where v.return_line_id = b.line_id and v.principal_minor = b.amount_minor)
  when r.line_id is not null then r.amount_minor <> b.amount_minor or s.state <> 'assigned'
  when s.state <> 'assigned' then false
  else not exists (select from repayment t join repayment_reversal b2 using (loan_id, repayment_id) where t.line_id = b.line_id and b2.reason not in ('told_wrongly', 'booked_wrongly')) end`;

/** 2801 is the reserve for operational risk (see 0061_reserve.sql). */
const RESERVE = `
with booked as (
  select e.tenant_id, e.currency, sum(l.credit_minor - l.debit_minor) as minor from journal_line l join journal_entry e using (entry_id) where l.account = '2801' group by 1, 2
), moved as (
  select tenant_id, currency, sum(amount_minor) as minor from reserve_movement group by 1, 2
)
select tenant_id as subject, format('has %s fen in reserve on 2801, its movements say %s, its balance %s', coalesce(b.minor, 0),
  coalesce(m.minor, 0), coalesce(r.balance_minor, 0)) as what
from booked b full join moved m using (tenant_id, currency) full join reserve_balance r using (tenant_id, currency)
where coalesce(b.minor, 0) <> coalesce(m.minor, 0) or coalesce(b.minor, 0) <> coalesce(r.balance_minor, 0)`;

/** 3001 is what a renewal lends until it has settled the loan of before, in the same transaction (see 0034_renewal.sql). */
const RENEWALS = `
select e.tenant_id as subject, format('has %s fen of renewals in settlement', sum(l.credit_minor - l.debit_minor)) as what
from journal_line l join journal_entry e using (entry_id) where l.account = '3001' group by e.tenant_id having sum(l.credit_minor) <> sum(l.debit_minor)
union all
select n.loan_id::text, format('renews loan %s by %s fen, and lends %s', n.renewed_loan_id, n.amount_minor, coalesce(l.principal_minor::text, 'none'))
from renewal n left join loan l using (loan_id) where (case when n.state = 'settled' then n.amount_minor end) is distinct from l.principal_minor`;

function statementInvariant(name: string, rule: string, service: LendingService, sql: string): Invariant {
  return {
    name,
    rule,
    check: async ({ installation }): Promise<Finding[]> =>
      (await installation.rows<Fault>(service, sql)).map(({ subject, what }) => ({ service, subject, what })),
  };
}

/** The rules of money that one service's books must keep by themselves. */
export const LEDGER_INVARIANTS: readonly Invariant[] = [
  statementInvariant('journals-balance', 'Every journal entry has at least two lines and as much debit as credit.', 'post-loan-monitoring', UNBALANCED),
  statementInvariant('account-totals', 'Every loan account owes and holds what its journal and its instalments say.', 'post-loan-monitoring', ACCOUNT_TOTALS),
  statementInvariant('suspense-adds-up', 'What a lender keeps in suspense is the sum of its open cases.', 'post-loan-monitoring', SUSPENSE),
  statementInvariant('reserve-adds-up', 'What a lender has in reserve for operational risk is the sum of what has moved it.', 'post-loan-monitoring', RESERVE),
  statementInvariant(
    'lines-booked',
    'Every line of the bank is one repayment that counts, of the same amount, or in suspense, or was taken back or sent back by the bank.',
    'post-loan-monitoring',
    LINES,
  ),
  statementInvariant(
    'renewals-settle',
    'What a renewal lends has settled the loan that it renews, and a refused one has lent nothing.',
    'post-loan-monitoring',
    RENEWALS,
  ),
  statementInvariant('limits-add-up', 'What is committed of a limit and owed by a firm is the sum of its reservations.', 'disbursement', LIMITS),
];
