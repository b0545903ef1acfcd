import type { LoanStatus } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import { isNegative, type CreditReport } from '../credit-report/credit-report.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { LOAN_PROCESS } from '../loan/loan-process.js';
import { playAccount } from '../loan/play-account.js';
import type { Queries } from '../loan/read-account.js';
import { totalOf } from '../projection/due-totals.js';

/** A report as the bureau has it: as it was sent, or as it was corrected last. */
export interface StandingReport {
  readonly reportId: string;
  readonly content: CreditReport;
}

const READ = `
select r.report_id as "reportId", coalesce(c.content, r.content) as content
from credit_report r join dispatch d on d.dispatch_id = r.report_id
  left join lateral (select content from credit_correction where report_id = r.report_id order by recorded_at desc limit 1) c on true
where r.loan_id = $1 and r.as_of = $2 and d.state = 'DONE'`;

/** The report of a loan for a day that the bureau has taken in; undefined where it has none. */
export async function standingReport(queries: Queries, loanId: string, asOf: IsoDate): Promise<StandingReport | undefined> {
  return (await queries.query<StandingReport & Record<string, unknown>>(READ, [loanId, asOf])).rows[0];
}

const CLASS = `
select loan_class as "loanClass" from loan_standing_history where loan_id = $1 and valid_on <= $2 order by valid_on desc, seq desc limit 1`;

/** The class that the loan has for a day, as far as it is known now. */
export async function classOn(queries: Queries, loanId: string, day: IsoDate): Promise<string> {
  return (await queries.query<{ loanClass: string }>(CLASS, [loanId, day])).rows[0]?.loanClass ?? 'NORMAL';
}

/** The loan as the books know now that it was at the end of a day: what has its value date after it has not happened. */
function accountOn(account: LoanAccount, day: IsoDate): LoanAccount {
  const { movements, changes, misuses, acceleratedOn, returnedOn, transferredOn } = account;
  const until = (on: IsoDate | null): IsoDate | null => (on !== null && on <= day ? on : null);
  return {
    ...account,
    movements: movements.filter(({ valueOn }) => valueOn <= day),
    changes: changes.filter(({ valueOn }) => valueOn <= day),
    misuses: misuses.filter(({ from }) => from <= day),
    acceleratedOn: until(acceleratedOn),
    returnedOn: until(returnedOn),
    transferredOn: until(transferredOn),
    valuedOn: day,
  };
}

/** Lateness is the one thing of a status that a play tells; that a court has the loan, or that it was written off, was so on that day. */
function statusOn(reported: string, daysPastDue: number, owesNothing: boolean): LoanStatus {
  if (owesNothing) return 'SETTLED';
  if (reported === 'OVERDUE' && daysPastDue === 0) return 'ACTIVE';
  if (reported === 'ACTIVE' && daysPastDue > 0) return 'OVERDUE';
  return reported as LoanStatus;
}

/** What would be reported for the day of a report by the books of now, with the facts that have become known since (G-CB-05). */
export function reportByBooks(account: LoanAccount, reported: CreditReport, loanClass: string): CreditReport {
  const { asOf } = reported;
  const loan = playAccount(accountOn(account, asOf), asOf);
  const daysPastDue = loan.daysPastDue(asOf);
  const wasOwed = LOAN_PROCESS.isLive(reported.status as LoanStatus);
  const status = wasOwed ? statusOn(reported.status, daysPastDue, loan.payoffOn(asOf) === 0n) : (reported.status as LoanStatus);
  const figures = { outstandingPrincipalMinor: String(loan.principalMinor), overdueMinor: String(totalOf(loan.duesOn(asOf)).totalMinor) };
  return { ...reported, status, loanClass, daysPastDue, ...figures, isNegative: isNegative({ daysPastDue, status }) };
}

const COMPARED = ['status', 'loanClass', 'daysPastDue', 'outstandingPrincipalMinor', 'overdueMinor', 'isNegative'] as const satisfies (keyof CreditReport)[];

/** True where two reports say the same of the loan. */
export const saysTheSame = (one: CreditReport, other: CreditReport): boolean => COMPARED.every((field) => one[field] === other[field]);
