import { newId } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { openPool } from '@millrace/service';
import type pg from 'pg';
import { CloseBook } from '../src/close/close-book.js';
import { activated } from './loans.js';
import type { RunningMonitoring } from './running-monitoring.js';

const COPY = `
insert into loan (loan_id, application_id, contract_id, payout_id, tenant_id, partner_id, uscc, currency, principal_minor, rate_bps, tenor_months, repayment_method, day_count,
  disbursed_on, policy_version, matures_on, instalment_minor, total_interest_minor, status, outstanding_principal_minor, oldest_due_on, valued_on, booked_at, updated_at, live,
  history_seq, history_head)
select gen_random_uuid(), gen_random_uuid(), contract_id, gen_random_uuid(), tenant_id, partner_id, left(uscc, 8) || upper(substr(md5(random()::text), 1, 10)), currency, principal_minor, rate_bps, tenor_months, repayment_method, day_count,
  disbursed_on, policy_version, matures_on, instalment_minor, total_interest_minor, status, outstanding_principal_minor, oldest_due_on, valued_on, booked_at, updated_at, live,
  history_seq, history_head from loan, generate_series(1, $2) where loan_id = $1`;

/** Books a loan of a tenant on 2 March 2026, and as many loans of other firms beside it that are late as it is; returns its id. */
export async function bookLate(monitoring: RunningMonitoring, tenantId: string, copies = 0, change: Parameters<typeof activated>[0] = {}): Promise<string> {
  const { loanId } = await monitoring.book({ tenantId, ...change });
  if (copies > 0) await monitoring.test.pool.query(COPY, [loanId, copies]);
  return loanId;
}

/** A tenant of its own, so that the days of one test are not those of another. */
export const newTenant = (): string => `t-${newId().slice(-12)}`;

/** Connections of their own for what closes: the suite looks through others. */
const pools: pg.Pool[] = [];
function poolOf({ test }: RunningMonitoring): pg.Pool {
  if (pools.length === 0)
    pools.push(openPool({ connectionString: test.database.urls.of('post_loan_monitoring'), max: 4, application_name: 'test' }, () => undefined));
  return pools[0]!;
}
export async function endPools(): Promise<void> {
  await Promise.all(pools.splice(0).map((pool) => pool.end()));
}

/** Transactions like those of the service. */
export const runnerOf = (monitoring: RunningMonitoring): TransactionRunner =>
  new TransactionRunner({ pool: poolOf(monitoring), source: 'post-loan-monitoring', clock: monitoring.test.clock });
export const bookOf = (monitoring: RunningMonitoring): CloseBook => new CloseBook(runnerOf(monitoring), monitoring.test.clock);
