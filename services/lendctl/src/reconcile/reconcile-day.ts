import { readBankDay } from '@millrace/disbursement/read-bank-day';
import { readBookDay } from '@millrace/post-loan-monitoring/read-book-day';
import { table } from '../command/print-table.js';
import type { Installation } from '../installation/installation.js';
import { compareDay, type DayAgreement } from './compare-day.js';

const BANK = 'disbursement';
const BOOKS = 'post-loan-monitoring';

/** A lender's day. */
export interface ReconciledDay extends DayAgreement {
  readonly tenantId: string;
  readonly day: string;
}

const TENANTS = `select distinct tenant_id as "tenantId" from statement_day union select distinct tenant_id from payout order by 1`;

/** Holds the statement of a business day against the books of each lender, or of one; each service answers for its own tables. */
export async function reconcileDay(installation: Installation, day: string, tenantId: string | undefined): Promise<ReconciledDay[]> {
  const tenants = tenantId === undefined ? (await installation.rows<{ tenantId: string }>(BANK, TENANTS)).map((row) => row.tenantId) : [tenantId];
  const queriesOf = (service: typeof BANK | typeof BOOKS) => ({
    query: async (sql: string, values?: readonly unknown[]) => ({ rows: await installation.rows(service, sql, values) }),
  });
  const days: ReconciledDay[] = [];
  for (const tenant of tenants) {
    const [bank, books] = [await readBankDay(queriesOf(BANK), tenant, day), await readBookDay(queriesOf(BOOKS), tenant, day)];
    days.push({ tenantId: tenant, day, ...compareDay(bank, books, day) });
  }
  return days;
}

export function reconciledAsText(days: readonly ReconciledDay[]): string {
  if (days.length === 0) return 'there are no lenders';
  const totals = table(
    ['tenant', 'day', 'lines', 'credit fen', 'debit fen', 'kept fen', 'on no statement', 'differences'],
    days.map((one) => [one.tenantId, one.day, one.lines, one.creditMinor, one.debitMinor, one.suspenseMinor, one.notShown, one.differences.length]),
    ['lines', 'credit fen', 'debit fen', 'kept fen', 'on no statement', 'differences'],
  );
  const named = days.flatMap(({ tenantId, differences }) => differences.map((one) => [tenantId, one.side, one.code, one.reference, one.amountMinor, one.why]));
  return named.length === 0 ? totals : `${totals}\n\n${table(['tenant', 'side', 'code', 'reference', 'fen', 'why'], named, ['fen'])}`;
}
