import { CreditReportWithheld, newId } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { debtorKey } from '../collection-case/log-contact.js';
import { planDispatches, type DispatchDraft } from '../dispatch/plan-dispatch.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { readAccountsById } from '../loan/read-account.js';
import { OF_SPELL } from '../notice/spell-letters.js';
import { creditReportOf, keepUntil, withheldFor } from './credit-report.js';

/** Loans of one transaction: most are in time, and are reported by one statement. */
const LOANS_OF_BATCH = 2_000;

const OPEN = `insert into credit_report_month (tenant_id, as_of, after_loan) values ($1, $2, '00000000-0000-0000-0000-000000000000') on conflict do nothing`;
const TAKE = `select after_loan as "afterLoan" from credit_report_month where tenant_id = $1 and as_of = $2 and done_at is null for update skip locked`;
const LEFT = 'select 1 from credit_report_month where tenant_id = $1 and as_of = $2 and done_at is null';
const GO_ON = 'update credit_report_month set after_loan = $3, reports = reports + $4, done_at = $5 where tenant_id = $1 and as_of = $2';

/** Loans that are owed, and those whose end the bureau has not been told yet; with the day on which the notice of the arrears they have was served. */
const NEXT = `
select l.loan_id as "loanId", l.uscc, coalesce(l.oldest_due_on > $2, true) and l.status <> 'WRITTEN_OFF' as "isInTime",
  (select min((d.ended_at at time zone 'Asia/Shanghai')::date)::text from letter t join dispatch d using (letter_id)
   where t.loan_id = l.loan_id and t.kind = 'bureau_pre_notice' and d.state = 'DONE'
     and ${OF_SPELL}) as "servedOn"
from loan l
where l.tenant_id = $1 and l.loan_id > $3 and l.disbursed_on <= $2
  and (l.live or coalesce(l.settled_on > (select max(r.as_of) from credit_report r where r.loan_id = l.loan_id), false))
order by l.loan_id limit ${LOANS_OF_BATCH}`;

const INSERT = `
insert into credit_report (report_id, loan_id, tenant_id, as_of, content, is_negative, keep_until, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (loan_id, as_of) do nothing`;

/** What is reported of loans in time, as {@link creditReportOf} says it of one. */
const IN_TIME = `
insert into credit_report (report_id, loan_id, tenant_id, as_of, content, is_negative, recorded_at)
select gen_random_uuid(), l.loan_id, l.tenant_id, $2::date, jsonb_build_object('lender', l.tenant_id, 'loanId', l.loan_id, 'subjectRef', 'firm:' || l.uscc, 'asOf', $2::text,
  'status', l.status, 'loanClass', coalesce(s.loan_class, 'NORMAL'), 'daysPastDue', 0, 'isNegative', false,
  'outstandingPrincipalMinor', l.outstanding_principal_minor::text, 'overdueMinor', '0', 'currency', l.currency), false, $3
from loan l left join loan_standing s using (loan_id) where l.loan_id = any($1::uuid[]) on conflict (loan_id, as_of) do nothing
returning report_id as "dispatchId", loan_id as "loanId", content,
  (select application_id from loan l where l.loan_id = credit_report.loan_id) as "applicationId",
  (select policy_version from loan l where l.loan_id = credit_report.loan_id) as "policyVersion"`;

interface DueReport {
  readonly loanId: string;
  readonly uscc: string;
  readonly servedOn: IsoDate | null;
  /** Nothing is late, as the row of the loan shows; of any other the bureau is told what a play of it says. */
  readonly isInTime: boolean;
}

/** What has become of one look. */
export type ReportOutcome =
  { readonly kind: 'worked'; readonly loans: number; readonly changed: number } | { readonly kind: 'wait' } | { readonly kind: 'done' };

const FREE = { party: 'bureau-filing', letterId: null, partyKey: null, whileDueOn: null, sendUntil: null } as const;
type InTimeRow = Pick<DispatchDraft, 'dispatchId' | 'loanId' | 'content' | 'applicationId' | 'policyVersion'>;

/** Reports loans that are in time; answers how many. */
async function reportInTime(tx: EventTransaction, tenantId: string, loanIds: readonly string[], asOf: IsoDate, now: Date): Promise<number> {
  if (loanIds.length === 0) return 0;
  const { rows } = await tx.query<InTimeRow & Record<string, unknown>>(IN_TIME, [loanIds, asOf, now]);
  await planDispatches(
    tx,
    rows.map((row) => ({ ...row, ...FREE, tenantId, sendFrom: now })),
    now,
  );
  return rows.length;
}

/** Reports one loan; false where its data are negative and their notice has not been served early enough, which is an event. */
async function report(tx: EventTransaction, account: LoanAccount, { uscc, servedOn }: DueReport, asOf: IsoDate, now: Date): Promise<boolean> {
  const { loanId, applicationId, tenantId, policyVersion } = account;
  const { noticeLeadDays, keepYears } = policyInForce(policyOf(policyVersion).lenderType, asOf).creditReport;
  const content = creditReportOf(account, debtorKey(uscc), asOf);
  const negative = content.isNegative;
  const reasonCode = negative ? withheldFor(servedOn, asOf, noticeLeadDays) : null;
  if (reasonCode !== null) {
    tx.emit(new CreditReportWithheld({ applicationId, loanId, asOf, reasonCode }));
    return false;
  }
  const dispatchId = newId();
  const values = [dispatchId, loanId, tenantId, asOf, JSON.stringify(content), negative, negative ? keepUntil(asOf, keepYears) : null, now];
  if (!(await tx.query(INSERT, values)).rowCount) return false;
  const whose = { dispatchId, tenantId, applicationId, loanId, policyVersion };
  await planDispatches(tx, [{ ...whose, ...FREE, content: { ...content }, sendFrom: now }], now);
  return true;
}

/**
 * Reports a tenant's loans to the credit bureau at the end of a month, one batch of loans in one transaction (R-LG-03, G-CB-04). Killed and taken again it goes
 * on where it was, and a loan is reported once a month; jobs tell the bureau.
 */
export async function reportMonth(tx: EventTransaction, tenantId: string, asOf: IsoDate, now: Date): Promise<ReportOutcome> {
  // A transaction of its own, so that another instance waits for the beginning and not for a whole batch.
  if ((await tx.query(OPEN, [tenantId, asOf])).rowCount) return { kind: 'worked', loans: 0, changed: 0 };
  const [place] = (await tx.query<{ afterLoan: string }>(TAKE, [tenantId, asOf])).rows;
  if (!place) return (await tx.query(LEFT, [tenantId, asOf])).rowCount ? { kind: 'wait' } : { kind: 'done' };
  const { rows } = await tx.query<DueReport & Record<string, unknown>>(NEXT, [tenantId, asOf, place.afterLoan]);
  const late = rows.filter(({ isInTime }) => !isInTime);
  const inTime = rows.filter(({ isInTime }) => isInTime).map(({ loanId }) => loanId);
  let reports = await reportInTime(tx, tenantId, inTime, asOf, now);
  const accounts = await readAccountsById(
    tx,
    late.map(({ loanId }) => loanId),
  );
  for (const due of late) if (await report(tx, accounts.get(due.loanId)!, due, asOf, now)) reports += 1;
  const isDone = rows.length < LOANS_OF_BATCH;
  await tx.query(GO_ON, [tenantId, asOf, rows.at(-1)?.loanId ?? place.afterLoan, reports, isDone ? now : null]);
  return isDone ? { kind: 'done' } : { kind: 'worked', loans: rows.length, changed: reports };
}
