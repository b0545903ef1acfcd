import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';

/** Loans of one transaction: most are in time, and are reported by one statement. */
export const LOANS_OF_BATCH = 2_000;

/** Before the first loan. */
export const NO_LOAN = '00000000-0000-0000-0000-000000000000';

/** What has become of one look. */
export type ReportOutcome =
  { readonly kind: 'worked'; readonly loans: number; readonly changed: number } | { readonly kind: 'wait' } | { readonly kind: 'done' };

/** Which reports of a day are made: those of the end of a month, or those of the changes of any day. Each has its own row of how far they are made. */
export interface ReportRun {
  readonly table: 'credit_report_month' | 'credit_report_day';
  readonly tenantId: string;
  readonly asOf: IsoDate;
  readonly now: Date;
}

/** Loans that were looked at, in the order of their ids, and how many reports were made of them. */
export interface ReportBatch {
  readonly loanIds: readonly string[];
  readonly reports: number;
}

/**
 * Makes the next batch of the reports of a day in one transaction. Killed and taken again it goes on behind the last loan of the batch before.
 * @param report takes the loans after an id, at most {@link LOANS_OF_BATCH}; fewer are the last ones
 */
export async function reportInBatches(
  tx: EventTransaction,
  { table, tenantId, asOf, now }: ReportRun,
  report: (afterLoan: string) => Promise<ReportBatch>,
): Promise<ReportOutcome> {
  const open = `insert into ${table} (tenant_id, as_of, after_loan) values ($1, $2, '${NO_LOAN}') on conflict do nothing`;
  // A transaction of its own, so that another instance waits for the beginning and not for a whole batch.
  if ((await tx.query(open, [tenantId, asOf])).rowCount) return { kind: 'worked', loans: 0, changed: 0 };
  const isOpen = `from ${table} where tenant_id = $1 and as_of = $2 and done_at is null`;
  const [place] = (await tx.query<{ afterLoan: string }>(`select after_loan as "afterLoan" ${isOpen} for update skip locked`, [tenantId, asOf])).rows;
  if (!place) return (await tx.query(`select 1 ${isOpen}`, [tenantId, asOf])).rowCount ? { kind: 'wait' } : { kind: 'done' };
  const { loanIds, reports } = await report(place.afterLoan);
  const isDone = loanIds.length < LOANS_OF_BATCH;
  const goOn = `update ${table} set after_loan = $3, reports = reports + $4, done_at = $5 where tenant_id = $1 and as_of = $2`;
  await tx.query(goOn, [tenantId, asOf, loanIds.at(-1) ?? place.afterLoan, reports, isDone ? now : null]);
  return isDone ? { kind: 'done' } : { kind: 'worked', loans: loanIds.length, changed: reports };
}
