import { CreditReportWithheld } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { planDispatches, type DispatchDraft } from '../dispatch/plan-dispatch.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { readAccountsById } from '../loan/read-account.js';
import { BUREAU_MATTER, fileReport, SERVED_ON, type DueReport } from './file-report.js';
import { LOANS_OF_BATCH, reportInBatches, type ReportOutcome } from './report-batches.js';

/** Loans that are owed, and those whose end the bureau has not been told yet; with the day on which the notice of the arrears they have was served. */
const NEXT = `
select l.loan_id as "loanId", l.uscc, coalesce(l.oldest_due_on > $2, true) and l.status <> 'WRITTEN_OFF' as "isInTime", ${SERVED_ON}::text as "servedOn"
from loan l
where l.tenant_id = $1 and l.loan_id > $3 and l.disbursed_on <= $2
  and (l.live or coalesce(coalesce(l.settled_on, l.transferred_on) > (select max(r.as_of) from credit_report r where r.loan_id = l.loan_id), false))
order by l.loan_id limit ${LOANS_OF_BATCH}`;

/** What is reported of loans in time, as `creditReportOf` says it of one. */
const IN_TIME = `
insert into credit_report (report_id, loan_id, tenant_id, as_of, content, is_negative, recorded_at)
select gen_random_uuid(), l.loan_id, l.tenant_id, $2::date, jsonb_build_object('lender', l.tenant_id, 'loanId', l.loan_id, 'subjectRef', 'firm:' || l.uscc, 'asOf', $2::text,
  'status', l.status, 'loanClass', coalesce(s.loan_class, 'NORMAL'), 'daysPastDue', 0, 'isNegative', false,
  'outstandingPrincipalMinor', l.outstanding_principal_minor::text, 'overdueMinor', '0', 'currency', l.currency, 'occasion', 'month_end'), false, $3
from loan l left join loan_standing s using (loan_id) where l.loan_id = any($1::uuid[]) on conflict (loan_id, as_of) do nothing
returning report_id as "dispatchId", loan_id as "loanId", content,
  (select application_id from loan l where l.loan_id = credit_report.loan_id) as "applicationId",
  (select policy_version from loan l where l.loan_id = credit_report.loan_id) as "policyVersion"`;

interface MonthReport extends DueReport {
  /** Nothing is late, as the row of the loan shows; of any other the bureau is told what a play of it says. */
  readonly isInTime: boolean;
}

type InTimeRow = Pick<DispatchDraft, 'dispatchId' | 'loanId' | 'content' | 'applicationId' | 'policyVersion'>;

/** Reports loans that are in time; answers how many. */
async function reportInTime(tx: EventTransaction, tenantId: string, loanIds: readonly string[], asOf: IsoDate, now: Date): Promise<number> {
  if (loanIds.length === 0) return 0;
  const { rows } = await tx.query<InTimeRow & Record<string, unknown>>(IN_TIME, [loanIds, asOf, now]);
  await planDispatches(
    tx,
    rows.map((row) => ({ ...row, ...BUREAU_MATTER, party: 'bureau-filing', tenantId, sendFrom: now })),
    now,
  );
  return rows.length;
}

/** Reports one loan; false where its data are negative and their notice has not been served early enough, which is an event. */
async function report(tx: EventTransaction, account: LoanAccount, due: DueReport, asOf: IsoDate, now: Date): Promise<boolean> {
  const { loanId, applicationId } = account;
  const filed = await fileReport(tx, account, due, { asOf, occasion: 'month_end' }, now);
  if (typeof filed === 'object') tx.emit(new CreditReportWithheld({ applicationId, loanId, asOf, reasonCode: filed.withheldFor }));
  return filed === 'planned';
}

/**
 * Reports a tenant's loans to the credit bureau at the end of a month, one batch of loans in one transaction (R-LG-03, G-CB-04). Killed and taken again it goes
 * on where it was, and a loan is reported once a month; jobs tell the bureau.
 */
export function reportMonth(tx: EventTransaction, tenantId: string, asOf: IsoDate, now: Date): Promise<ReportOutcome> {
  return reportInBatches(tx, { table: 'credit_report_month', tenantId, asOf, now }, async (afterLoan) => {
    const { rows } = await tx.query<MonthReport & Record<string, unknown>>(NEXT, [tenantId, asOf, afterLoan]);
    const late = rows.filter(({ isInTime }) => !isInTime);
    const inTime = rows.filter(({ isInTime }) => isInTime).map(({ loanId }) => loanId);
    let reports = await reportInTime(tx, tenantId, inTime, asOf, now);
    const accounts = await readAccountsById(
      tx,
      late.map(({ loanId }) => loanId),
    );
    for (const due of late) if (await report(tx, accounts.get(due.loanId)!, due, asOf, now)) reports += 1;
    return { loanIds: rows.map(({ loanId }) => loanId), reports };
  });
}
