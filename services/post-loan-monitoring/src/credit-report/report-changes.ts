import { businessInstant, type LoanStatus } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from '../loan/loan-account.js';
import { playAccount } from '../loan/play-account.js';
import { readAccountsById } from '../loan/read-account.js';
import { creditChangeOf, OWED_STATUSES } from './credit-change.js';
import { isNegative } from './credit-report.js';
import { fileReport, SERVED_ON, type DueReport } from './file-report.js';
import { LOANS_OF_BATCH, NO_LOAN, reportInBatches, type ReportOutcome } from './report-batches.js';

/** SQL: what the bureau was told last of the loan `l`: its newest report that it has not refused, as it was corrected since. */
const TOLD = `
left join lateral (
  select coalesce(c.content, r.content) ->> 'status' as status, coalesce(c.is_negative, r.is_negative) as negative
  from credit_report r
    left join lateral (select content, is_negative from credit_correction where report_id = r.report_id order by recorded_at desc limit 1) c on true
  where r.loan_id = l.loan_id and not exists (select from dispatch d where d.dispatch_id = r.report_id and d.state in ('REFUSED', 'DROPPED')) order by r.as_of desc limit 1
) told on true`;

/**
 * Loans that stand otherwise than the bureau was told: of those on which something was booked since the day began, and of those that are late. `$4` is the
 * instant at which the day began, `$5` the statuses of loans that are owed, and `$6` the least days between a notice and its report. A void loan of which the
 * bureau knows nothing stays unknown to it. What the columns show is held against a play of the loan before anything is told.
 */
const CHANGED = `
with touched as (
  select l.loan_id from loan l where l.tenant_id = $1 and l.updated_at >= $4
  union
  select l.loan_id from loan l where l.tenant_id = $1 and l.live and l.oldest_due_on < $2
), compared as (
  select l.loan_id, l.uscc, l.status, l.live, l.closed_on, told.status as told_status, coalesce(told.negative, false) as told_negative, ${SERVED_ON} as served_on,
    coalesce(l.oldest_due_on < $2, false) or l.status = 'WRITTEN_OFF' as is_negative
  from touched join loan l using (loan_id) ${TOLD}
  where l.loan_id > $3 and l.disbursed_on <= $2 and (l.returned_on is null or told.status is not null)
), changed as (
  select * from compared
  where (is_negative <> told_negative or live <> coalesce(told_status = any($5), true)
    or (status = 'WRITTEN_OFF') <> coalesce(told_status = 'WRITTEN_OFF', false) or (closed_on is not null) <> coalesce(told_status = 'CLOSED', false))
  and (not is_negative or served_on + $6::int <= $2)
)`;
const ANY = `${CHANGED} select 1 from changed limit 1`;
const NEXT = `${CHANGED}
select loan_id as "loanId", uscc, served_on::text as "servedOn", told_status as "toldStatus", told_negative as "toldNegative" from changed
order by loan_id limit ${LOANS_OF_BATCH}`;

interface ChangedLoan extends DueReport {
  readonly toldStatus: LoanStatus | null;
  readonly toldNegative: boolean;
}

/**
 * Reports what has changed of a tenant's loans to the credit bureau at the end of the day on which it changed, one batch of loans in one transaction (R-LG-03,
 * M-CB-02): a loan that the bureau knows as it stands is not reported. Arrears and losses are told on the first day on which their notice allows it (G-CB-03); where
 * they are over by then the bureau is never told. Killed and taken again it goes on where it was, and a loan is reported once a day; jobs tell the bureau.
 * @param leastLeadDays least days between a notice and the report of what it tells of, over all licences
 */
export async function reportChanges(tx: EventTransaction, tenantId: string, day: IsoDate, leastLeadDays: number, now: Date): Promise<ReportOutcome> {
  const values = (afterLoan: string): unknown[] => [tenantId, day, afterLoan, businessInstant(day, 0), OWED_STATUSES, leastLeadDays];
  // A day on which nothing has changed opens nothing, so that its steps share a transaction.
  if (!(await tx.query(ANY, values(NO_LOAN))).rowCount) return { kind: 'done' };
  return reportInBatches(tx, { table: 'credit_report_day', tenantId, asOf: day, now }, async (afterLoan) => {
    const { rows } = await tx.query<ChangedLoan & Record<string, unknown>>(NEXT, values(afterLoan));
    const accounts = await readAccountsById(
      tx,
      rows.map(({ loanId }) => loanId),
    );
    let reports = 0;
    for (const due of rows) if (await reportChange(tx, accounts.get(due.loanId)!, due, day, now)) reports += 1;
    return { loanIds: rows.map(({ loanId }) => loanId), reports };
  });
}

/** Reports one loan where a play of it shows that it has changed; false where the bureau knows it as it stands. */
async function reportChange(tx: EventTransaction, account: LoanAccount, due: ChangedLoan, day: IsoDate, now: Date): Promise<boolean> {
  const { status } = account;
  const told = due.toldStatus === null ? null : { status: due.toldStatus, isNegative: due.toldNegative };
  const change = creditChangeOf(told, { status, isNegative: isNegative({ daysPastDue: playAccount(account).daysPastDue(day), status }) });
  return change !== null && (await fileReport(tx, account, due, { asOf: day, occasion: change }, now)) === 'planned';
}
