import { newId } from '@millrace/contracts';
import type { CreditReportOccasion } from '@millrace/contracts/api';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import type { CodeFor } from '@millrace/reasons';
import { debtorKey } from '../collection-case/log-contact.js';
import { planDispatches } from '../dispatch/plan-dispatch.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { OF_SPELL } from '../notice/spell-letters.js';
import { creditReportOf, keepUntil, withheldFor } from './credit-report.js';

/** A loan that is to be reported. */
export interface DueReport {
  readonly loanId: string;
  readonly uscc: string;
  /** Day on which the notice of the arrears that it has was served; null where none was. */
  readonly servedOn: IsoDate | null;
}

/** What has become of it: it is planned, was reported for the day before, or may not be reported yet. */
export type FiledReport = 'planned' | 'known' | { readonly withheldFor: CodeFor<'notice'> };

/** How a report is told: neither hours nor a number of contacts bind it, and it is no letter. */
export const BUREAU_MATTER = { letterId: null, partyKey: null, whileDueOn: null, sendUntil: null } as const;

/** SQL: day on which the notice of the arrears that the loan `l` has now was served (G-CB-03). */
export const SERVED_ON = `
(select min((d.ended_at at time zone 'Asia/Shanghai')::date) from letter t join dispatch d using (letter_id)
   where t.loan_id = l.loan_id and t.kind = 'bureau_pre_notice' and d.state = 'DONE' and ${OF_SPELL})`;

const INSERT = `
insert into credit_report (report_id, loan_id, tenant_id, as_of, content, is_negative, keep_until, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (loan_id, as_of) do nothing`;

/** Plans the report of one loan for a day, once; negative data only where their notice was served early enough (G-CB-03). */
export async function fileReport(
  tx: EventTransaction,
  account: LoanAccount,
  { uscc, servedOn }: DueReport,
  { asOf, occasion }: { readonly asOf: IsoDate; readonly occasion: CreditReportOccasion },
  now: Date,
): Promise<FiledReport> {
  const { loanId, applicationId, tenantId, policyVersion } = account;
  const { noticeLeadDays, keepYears } = policyInForce(policyOf(policyVersion).lenderType, asOf).creditReport;
  const content = creditReportOf(account, debtorKey(uscc), asOf, occasion);
  const negative = content.isNegative;
  const reasonCode = negative ? withheldFor(servedOn, asOf, noticeLeadDays) : null;
  if (reasonCode !== null) return { withheldFor: reasonCode };
  const dispatchId = newId();
  const values = [dispatchId, loanId, tenantId, asOf, JSON.stringify(content), negative, negative ? keepUntil(asOf, keepYears) : null, now];
  if (!(await tx.query(INSERT, values)).rowCount) return 'known';
  const whose = { dispatchId, tenantId, applicationId, loanId, policyVersion };
  await planDispatches(tx, [{ ...whose, ...BUREAU_MATTER, party: 'bureau-filing', content: { ...content }, sendFrom: now }], now);
  return 'planned';
}
