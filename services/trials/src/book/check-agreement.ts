import { LEDGER_INVARIANTS } from '@millrace/lendctl/check-ledger';
import type { VerifyContext } from '@millrace/lendctl/invariant';
import type { BookService } from './book-service.js';
import type { MadeUpBank } from './made-up-bank.js';

/** Two places that must say the same amount. */
export interface Agreement {
  readonly what: string;
  readonly oneMinor: string;
  readonly otherMinor: string;
}

const SUMS = `
with balance as (
  select account, sum(debit_minor - credit_minor) as minor from journal_line group by account
), of_account as (
  select code, coalesce((select minor from balance where account = code), 0) as minor from account
)
select
  (select minor from of_account where code = '1002')::text as cash,
  (select minor from of_account where code = '1303')::text as principal,
  (select -minor from of_account where code = '2241')::text as held,
  (select -minor from of_account where code = '2242')::text as suspense,
  (select coalesce(sum(minor), 0) from balance)::text as trial,
  (select coalesce(sum(minor), 0) from balance join account on code = account where kind = 'memo')::text as memo,
  (select coalesce(sum(outstanding_principal_minor), 0) from loan)::text as owed,
  (select coalesce(sum(held_minor), 0) from loan)::text as "heldByLoans",
  (select coalesce(sum(principal_minor - paid_principal_minor), 0) from instalment)::text as instalments,
  (select coalesce(sum(b.amount_minor), 0) from suspense s join bank_line b using (line_id) where s.state = 'open')::text as "openSuspense",
  (select coalesce(sum(principal_minor), 0) from loan)::text as lent,
  (select coalesce(sum(amount_minor), 0) from bank_line)::text as lines,
  (select coalesce(sum(r.amount_minor), 0) from repayment_reversal v join repayment r using (loan_id, repayment_id))::text as reversed,
  (select coalesce(sum(balance_minor), 0) from portfolio_cell where day = (select max(day) from portfolio_day))::text as reported`;

type Sums = Readonly<
  Record<
    | 'cash'
    | 'principal'
    | 'held'
    | 'suspense'
    | 'trial'
    | 'memo'
    | 'owed'
    | 'heldByLoans'
    | 'instalments'
    | 'openSuspense'
    | 'lent'
    | 'lines'
    | 'reversed'
    | 'reported',
    string
  >
>;

/** Ledger, sub-ledgers, bank and loans, each said twice. */
export async function readAgreements({ admin }: BookService, bank: MadeUpBank): Promise<Agreement[]> {
  const sums = (await admin.query<Sums>(SUMS)).rows[0]!;
  const pair = (what: string, oneMinor: string | bigint, otherMinor: string | bigint): Agreement => ({
    what,
    oneMinor: String(oneMinor),
    otherMinor: String(otherMinor),
  });
  return [
    pair('balance of the bank account: the bank, the ledger (1002)', bank.balanceMinor, sums.cash),
    pair('money that came in: the bank, lines of its statement in the books', bank.sumOf('paid_in'), sums.lines),
    pair('money that the bank took back: the bank, repayments that were reversed', bank.sumOf('taken_back'), sums.reversed),
    pair('money that was lent: the bank, the loans', bank.sumOf('paid_out'), sums.lent),
    pair('principal that is owed: the ledger (1303), the loans', sums.principal, sums.owed),
    pair('principal that is owed: the instalments, the loans', sums.instalments, sums.owed),
    pair('principal that is owed: the report of the last day, the loans', sums.reported, sums.owed),
    pair('money held for borrowers: the ledger (2241), the loans', sums.held, sums.heldByLoans),
    pair('money in suspense: the ledger (2242), open cases', sums.suspense, sums.openSuspense),
    pair('debits less credits of all accounts, nothing', sums.trial, 0n),
    pair('debits less credits of the memo accounts, nothing', sums.memo, 0n),
  ];
}

/** What does not agree, a line each, loan by loan where the rules of `lendctl verify` can say so. */
export async function differencesOf(service: BookService, agreements: readonly Agreement[]): Promise<string[]> {
  const totals = agreements
    .filter(({ oneMinor, otherMinor }) => oneMinor !== otherMinor)
    .map(({ what, oneMinor, otherMinor }) => `${what}: ${oneMinor} fen and ${otherMinor} fen`);
  // Rows of this one service are all that there is.
  const rows = async (name: string, sql: string): Promise<unknown[]> =>
    name === 'post-loan-monitoring' ? (await service.admin.query<Record<string, unknown>>(sql)).rows : [];
  const context = { installation: { rows }, now: service.clock.now(), graceMs: 0 } as unknown as VerifyContext;
  const findings = (await Promise.all(LEDGER_INVARIANTS.map(({ check }) => check(context)))).flat();
  return [...totals, ...findings.map(({ subject, what }) => `${subject} ${what}`)];
}
