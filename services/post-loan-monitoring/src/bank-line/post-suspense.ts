import { businessDate, newId } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';

/** The account of the chart (0012_bank_line.sql) for money whose loan is not known. */
const SUSPENSE = '2242';
const CASH = '1002';

/** The price of a claim, which its buyer owes (0055_claim_transfer.sql). */
const PRICES = '1221';

/** One entry of two lines; what only comes into suspense or leaves it belongs to no loan. */
const POST = `
with entry as (
  insert into journal_entry (entry_id, tenant_id, loan_id, posted_on, value_on, source_kind, source_id, recorded_at) values ($1, $2, $11, $3, $4, $5, $6, $7)
)
insert into journal_line (entry_id, line_no, account, debit_minor, credit_minor) values ($1, 1, $8, $10, 0), ($1, 2, $9, 0, $10)`;

interface SuspenseMoney {
  readonly lineId: string;
  readonly tenantId: string;
  readonly amountMinor: string;
  readonly valueOn: string;
}

/** What an entry is of, and from when it counts. */
interface Source {
  readonly kind: 'SUSPENSE' | 'SUSPENSE_AGAIN' | 'SUSPENSE_CLEARED' | 'TRANSFER_PRICE';
  readonly sourceId: string;
  readonly valueOn: string;
  /** The loan whose claim it is the price of. */
  readonly loanId?: string;
}

function post(
  tx: EventTransaction,
  money: SuspenseMoney,
  { kind, sourceId, valueOn, loanId }: Source,
  debit: string,
  credit: string,
  now: Date,
): Promise<unknown> {
  return tx.query(POST, [newId(), money.tenantId, businessDate(now), valueOn, kind, sourceId, now, debit, credit, money.amountMinor, loanId ?? null]);
}

/** The money is at the bank, and ours to give to somebody. */
export async function enterSuspense(tx: EventTransaction, money: SuspenseMoney, now: Date): Promise<void> {
  await post(tx, money, { kind: 'SUSPENSE', sourceId: money.lineId, valueOn: money.valueOn }, CASH, SUSPENSE, now);
}

/**
 * A repayment was taken back and the money has stayed at the bank: it is ours to give again.
 * @param sourceId the decision, by the id of its task
 * @param valueOn day since which the money was in no suspense, so that its value dates have no gap
 */
export async function enterSuspenseAgain(tx: EventTransaction, money: SuspenseMoney, sourceId: string, valueOn: string, now: Date): Promise<void> {
  await post(tx, money, { kind: 'SUSPENSE_AGAIN', sourceId, valueOn }, CASH, SUSPENSE, now);
}

/**
 * It leaves suspense: back to its payer, or out of cash once more, into which the repayment of a loan brings it at once.
 * @param sourceId the decision, by the id of its task, or the refund
 * @param valueOn day on which it left
 */
export async function clearSuspense(tx: EventTransaction, money: SuspenseMoney, sourceId: string, valueOn: string, now: Date): Promise<void> {
  await post(tx, money, { kind: 'SUSPENSE_CLEARED', sourceId, valueOn }, SUSPENSE, CASH, now);
}

/** It leaves suspense as money of the buyer of a claim, which owes the price. */
export async function takeAsPrice(tx: EventTransaction, money: SuspenseMoney, loanId: string, valueOn: string, now: Date): Promise<void> {
  await post(tx, money, { kind: 'TRANSFER_PRICE', sourceId: money.lineId, valueOn, loanId }, SUSPENSE, PRICES, now);
}
