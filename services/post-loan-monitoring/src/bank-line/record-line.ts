import type { MoneyReceived } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';

const KNOWN = 'select 1 from bank_line where line_id = $1';

const INSERT = `
insert into bank_line (line_id, tenant_id, bank_reference, amount_minor, currency, value_on, booked_at, loan_id, payer_is_borrower, outcome, reason, repayment_id, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;

/** A credit of the statement, as the hub tells of it. */
export type ToldLine = Pick<
  MoneyReceived,
  'lineId' | 'tenantId' | 'bankReference' | 'amountMinor' | 'currency' | 'valueOn' | 'bookedAt' | 'loanId' | 'payerIsBorrower'
>;

/** What became of a line when it came. */
export interface LineOutcome {
  readonly outcome: 'BOOKED' | 'CONFIRMED' | 'SUSPENSE' | 'RETURNED';
  /** Code of why it is in suspense. */
  readonly reason?: string;
  /** The repayment that it is. */
  readonly repaymentId?: string | undefined;
}

/** Whether a line was told of before; its reference is locked. */
export async function isKnownLine(tx: EventTransaction, lineId: string): Promise<boolean> {
  return ((await tx.query(KNOWN, [lineId])).rowCount ?? 0) > 0;
}

/** Writes a line down for good, with what became of it. */
export async function recordLine(tx: EventTransaction, line: ToldLine, { outcome, reason, repaymentId }: LineOutcome, now: Date): Promise<void> {
  const { lineId, tenantId, bankReference, amountMinor, currency, valueOn, bookedAt, loanId, payerIsBorrower } = line;
  const told = [lineId, tenantId, bankReference, amountMinor, currency, valueOn, bookedAt, loanId ?? null, payerIsBorrower ?? null];
  await tx.query(INSERT, [...told, outcome, reason ?? null, repaymentId ?? null, now]);
}
