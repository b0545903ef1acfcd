import { DisbursementReturned, StatementLineStored } from '@millrace/contracts';
import { defineCapability } from '@millrace/service';
import { LINE_PARTIES } from './line-party.js';
import { SettleUnknown } from './settle-unknown.js';
import { SettleReturns } from './settle-returns.js';
import { PULL_STATEMENT, PullStatement } from './pull-statement.js';
import { BANK_STATEMENT, StatementClient } from './statement-client.js';
import { StatementDays } from './statement-days.js';
import { StoreLines } from './store-lines.js';
import { TakeUpStatements } from './take-up-statements.js';
import { WatchReconciliation } from './watch-reconciliation.js';
import { WatchStatements } from './watch-statements.js';

/** Days of which the bank has not been read to the end. */
const DAYS_DUE = `select 'behind' as label, count(*)::int as count, extract(epoch from $1::timestamptz - min(next_pull_at))::float8 as "oldestSeconds"
  from statement_day where failures > 0`;

/** The statement of the lender's account: what the bank says has come in and gone out. */
export const statement = defineCapability({
  name: 'statement',
  face: ['line-party', 'read-bank-day'],
  providers: [StatementClient, StatementDays, StoreLines, WatchStatements, WatchReconciliation],
  outsideParties: [BANK_STATEMENT],
  sealedRecords: [LINE_PARTIES],
  produces: [StatementLineStored, DisbursementReturned],
  jobs: { [PULL_STATEMENT]: PullStatement },
  tickers: [
    { intervalMs: 1_000, ticker: TakeUpStatements },
    { intervalMs: 1_000, ticker: SettleReturns },
    { intervalMs: 5_000, ticker: SettleUnknown },
  ],
  figures: [{ name: 'days of statements', sql: DAYS_DUE }],
});
