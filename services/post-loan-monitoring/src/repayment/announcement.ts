import type { PrepaymentEffect } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { addDays } from '@millrace/finance';
import { policyOf } from '@millrace/policy';
import { closeTasks } from '@millrace/tasks';
import type { LoanAccount } from '../loan/loan-account.js';
import { ANNOUNCED_MONEY } from './announced-money.task.js';
import type { RecordRepaymentDto } from './repayment.dto.js';

/** A report of one transfer, with the hash of its content. */
export interface RepaymentReport extends RecordRepaymentDto {
  readonly repaymentId: string;
  readonly contentSha256: string;
  /** The money is to repay principal before it is due, and this is to change by it; null for money that pays what is due. */
  readonly prepaymentEffect: PrepaymentEffect | null;
}

/** A transfer that was announced, and that the bank has not shown for its loan. */
export interface Announcement {
  readonly loanId: string;
  readonly repaymentId: string;
  readonly amountMinor: string;
  /** What the money is to change as a prepayment; null for money that pays what is due. */
  readonly prepaymentEffect?: PrepaymentEffect | null;
}

/** What became of an announcement whose line has come, or whom a person has looked at. */
export type AnnouncementEnd = 'booked' | 'shown_otherwise' | 'dropped';

const INSERT = `
insert into announcement (loan_id, repayment_id, tenant_id, amount_minor, currency, bank_reference, received_on, content_sha256, recorded_at, recorded_by, waits_until,
  prepayment_effect)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

/** Keeps what somebody says of a transfer until the bank shows it; nothing is booked (R-DB-08). */
export async function announce(tx: EventTransaction, recordedBy: string, loan: LoanAccount, report: RepaymentReport, today: string, now: Date): Promise<void> {
  const { repaymentId, amountMinor, currency, bankReference, receivedOn, contentSha256, prepaymentEffect } = report;
  const waitsUntil = addDays(today, policyOf(loan.policyVersion).repayment.announcementDays);
  const told = [amountMinor, currency, bankReference, receivedOn, contentSha256];
  await tx.query(INSERT, [loan.loanId, repaymentId, loan.tenantId, ...told, now, recordedBy, waitsUntil, prepaymentEffect]);
}

const FIND = `
select loan_id as "loanId", repayment_id as "repaymentId", amount_minor::text as "amountMinor", prepayment_effect as "prepaymentEffect" from announcement
where tenant_id = $1 and bank_reference = $2 and state = any($3) order by recorded_at limit 1`;

async function find(tx: EventTransaction, tenantId: string, bankReference: string, states: readonly string[]): Promise<Announcement | undefined> {
  return (await tx.query<Announcement & Record<string, unknown>>(FIND, [tenantId, bankReference, states])).rows[0];
}

/** The announcement that waits for the line of a bank reference, also where the line is late. */
export function waitingAnnouncement(tx: EventTransaction, tenantId: string, bankReference: string): Promise<Announcement | undefined> {
  return find(tx, tenantId, bankReference, ['announced', 'not_on_statement']);
}

/** The announcement of money that was kept when it came. */
export function keptAnnouncement(tx: EventTransaction, tenantId: string, bankReference: string): Promise<Announcement | undefined> {
  return find(tx, tenantId, bankReference, ['shown_otherwise']);
}

const END = 'update announcement set state = $3 where loan_id = $1 and repayment_id = $2';

/** Ends the wait; the question about it is not asked any more. */
export async function endAnnouncement(tx: EventTransaction, { loanId, repaymentId }: Announcement, state: AnnouncementEnd, now: Date): Promise<void> {
  await tx.query(END, [loanId, repaymentId, state]);
  await closeTasks(tx, [ANNOUNCED_MONEY], repaymentId, now);
}
