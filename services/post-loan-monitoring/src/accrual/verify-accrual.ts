import type { IsoDate } from '@millrace/finance';
import { accruedDays } from '../loan/accrue-account.js';
import { readClasses } from '../loan/correct-accrual.js';
import { NOTHING_ACCRUED, plus, type Accrued } from '../ledger/accrual-lines.js';
import { ACCOUNTS } from '../ledger/journal-lines.js';
import { readAccounts, type Queries } from '../loan/read-account.js';

/** Loans that are read at a time. */
const PAGE = 500;

const STATES = `select tenant_id as "tenantId", accrued_through::text as through from accrual_state where accrued_through is not null order by tenant_id`;

const POSTED = `
select l.account, sum(l.debit_minor - l.credit_minor)::text as "netMinor" from journal_entry e join journal_line l using (entry_id)
where e.tenant_id = $1 and e.source_kind in ('ACCRUAL', 'ACCRUAL_OPENED', 'ACCRUAL_CORRECTED') and e.value_on <= $2::date group by l.account`;

/** A tenant whose book is not what its loans say. */
export interface BookDifference {
  readonly tenantId: string;
  readonly what: string;
}

/** What accounts of accrual have of some loans, debit less credit. */
function netOf({ interestMinor, penaltyMinor, compoundMinor, memoMinor }: Accrued): Map<string, bigint> {
  return new Map([
    [ACCOUNTS.interestReceivable, interestMinor + penaltyMinor + compoundMinor],
    [ACCOUNTS.interestIncome, -interestMinor],
    [ACCOUNTS.penaltyIncome, -penaltyMinor],
    [ACCOUNTS.compoundIncome, -compoundMinor],
    [ACCOUNTS.memoInterest, memoMinor],
    [ACCOUNTS.memoCounter, -memoMinor],
  ]);
}

/** All loans of a tenant played through a day, one page after the other. */
async function accruedOfLoans(queries: Queries, tenantId: string, through: IsoDate): Promise<Accrued> {
  let total = NOTHING_ACCRUED;
  for (let last: string | undefined; ;) {
    const values = last === undefined ? [tenantId] : [tenantId, last];
    const accounts = await readAccounts(queries, { sql: `where l.tenant_id = $1${last === undefined ? '' : ' and l.loan_id < $2::uuid'}`, values }, PAGE);
    const classes = await readClasses(
      queries,
      accounts.map(({ loanId }) => loanId),
    );
    for (const account of accounts) for (const { accrued } of accruedDays(account, through, through, classes(account.loanId))) total = plus(total, accrued);
    if (accounts.length < PAGE) return total;
    last = accounts.at(-1)!.loanId;
  }
}

/** Holds what was posted of interest by days, in sums, against the loans one by one: both are the same to the fen. */
export async function bookDifferences(queries: Queries): Promise<BookDifference[]> {
  const { rows: states } = await queries.query<{ tenantId: string; through: IsoDate }>(STATES);
  const differences: BookDifference[] = [];
  for (const { tenantId, through } of states) {
    const { rows: posted } = await queries.query<{ account: string; netMinor: string }>(POSTED, [tenantId, through]);
    const net = new Map(posted.map(({ account, netMinor }) => [account, BigInt(netMinor)]));
    for (const [account, wantedMinor] of netOf(await accruedOfLoans(queries, tenantId, through))) {
      const foundMinor = net.get(account) ?? 0n;
      if (foundMinor !== wantedMinor)
        differences.push({ tenantId, what: `has ${foundMinor} fen on ${account} by accrual through ${through}, its loans say ${wantedMinor}` });
    }
  }
  return differences;
}
