import { businessDate, isId } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { cannotBeDone } from '@millrace/tasks';
import type { BankLine } from './book-line.js';
import { clearSuspense, takeAsPrice } from './post-suspense.js';

/** The loan is locked, so that two lines of one price wait for each other. */
const LOCK = 'select 1 from loan where loan_id = $1 and tenant_id = $2 and currency = $3 and transferred_on is not null for no key update';

const OWED = `
select (t.price_minor - coalesce((select sum(b.amount_minor) from suspense s join bank_line b using (line_id) where s.loan_id = t.loan_id and s.state = 'price'), 0))::text as "leftMinor"
from claim_transfer t where t.loan_id = $1`;

const END = 'update suspense set state = $2, loan_id = $3, return_reference = $4, ended_at = $5 where line_id = $1';

/** Locks the loan that a person has named, whose claim must have been sold by this lender; answers its id. */
async function lockSold(tx: EventTransaction, { tenantId, currency }: BankLine, named: string): Promise<string> {
  const loanId = named.trim().toLowerCase();
  const isSold = isId(loanId) && ((await tx.query(LOCK, [loanId, tenantId, currency])).rowCount ?? 0) > 0;
  if (!isSold) throw cannotBeDone(`there is no loan ${loanId} of this lender in ${currency} whose claim was sold`);
  return loanId;
}

/** The line is money of the buyer of a claim: it pays of the price, which it must not be more than. */
export async function payPrice(tx: EventTransaction, line: BankLine, named: string, now: Date): Promise<void> {
  const loanId = await lockSold(tx, line, named);
  const { rows } = await tx.query<{ leftMinor: string }>(OWED, [loanId]);
  const { leftMinor } = rows[0]!;
  if (BigInt(line.amountMinor) > BigInt(leftMinor))
    throw cannotBeDone(`of the price of loan ${loanId} ${leftMinor} fen are left, and the line has ${line.amountMinor}`);
  await takeAsPrice(tx, line, loanId, businessDate(now), now);
  await tx.query(END, [line.lineId, 'price', loanId, null, now]);
}

/** Money of a borrower whose claim was sold has gone on to the buyer, under this reference of the bank. */
export async function passOn(tx: EventTransaction, line: BankLine, named: string, bankReference: string, taskId: string, now: Date): Promise<void> {
  const loanId = await lockSold(tx, line, named);
  await clearSuspense(tx, line, taskId, businessDate(now), now);
  await tx.query(END, [line.lineId, 'passed_on', loanId, bankReference, now]);
}
