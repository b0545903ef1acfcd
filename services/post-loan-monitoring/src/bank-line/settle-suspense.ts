import { businessDate, isId, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { lockAccount } from '../loan/read-account.js';
import { keptAnnouncement } from '../repayment/announcement.js';
import { isBooked, lockReference } from '../repayment/bank-reference.js';
import { transferRefusal } from '../repayment/repayment-policy.js';
import { bookLine, unusedIdOf, type BankLine } from './book-line.js';
import { orderRefund } from './order-refund.js';
import { passOn, payPrice } from './settle-claim-money.js';
import { clearSuspense } from './post-suspense.js';

const LINE = `
select b.line_id as "lineId", b.tenant_id as "tenantId", b.bank_reference as "bankReference", b.amount_minor::text as "amountMinor", b.currency,
  b.value_on::text as "valueOn" from suspense s join bank_line b using (line_id) where s.line_id = $1 and s.state = 'open' for update of s`;

const END = 'update suspense set state = $2, loan_id = $3, return_reference = $4, ended_at = $5 where line_id = $1';
const BANK_REFERENCE = /^[\x21-\x7e]{1,100}$/;

function referenceOf(text: string): string {
  const reference = text.trim();
  if (!BANK_REFERENCE.test(reference)) throw cannotBeDone('a reference of the bank has 1 to 100 printable ASCII characters without spaces');
  return reference;
}

/** Gives money in suspense to the loan or the claim that two persons have found, orders that it goes back to its payer, or takes it out where it was sent on or back by hand. */
@Injectable()
export class SettleSuspense implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply({ taskId, decision, subject, parameters }: DecidedTask, tx: EventTransaction): Promise<void> {
    const { lineId } = subject as { lineId: string };
    const now = this.clock.now();
    if (decision === 'assign') return this.#assign(tx, taskId, lineId, parameters['loanId']!.trim().toLowerCase(), now);
    if (decision === 'refund') return orderRefund(tx, await this.#open(tx, lineId), taskId, now);
    const line = await this.#open(tx, lineId);
    if (decision === 'price') return payPrice(tx, line, parameters['loanId']!, now);
    const returnReference = referenceOf(parameters[decision === 'pass-on' ? 'passReference' : 'returnReference']!);
    if (decision === 'pass-on') return passOn(tx, line, parameters['loanId']!, returnReference, taskId, now);
    await clearSuspense(tx, line, taskId, businessDate(now), now);
    await tx.query(END, [lineId, 'returned', null, returnReference, now]);
  }

  async #open(tx: EventTransaction, lineId: string): Promise<BankLine> {
    const { rows } = await tx.query<BankLine & Record<string, unknown>>(LINE, [lineId]);
    const [line] = rows;
    if (!line) throw new Error(`line ${lineId} is not in suspense`);
    return line;
  }

  /** What more than owed means is for the two persons to judge; the loan must be one of the lender whose account the money is on. */
  async #assign(tx: EventTransaction, taskId: string, lineId: string, loanId: string, now: Date): Promise<void> {
    const line = await this.#open(tx, lineId);
    await lockReference(tx, line.tenantId, line.bankReference);
    const account = isId(loanId) ? await lockAccount(tx, loanId) : undefined;
    if (!account || account.tenantId !== line.tenantId) throw cannotBeDone(`there is no loan ${loanId} of this lender`);
    const isTaken = await isBooked(tx, line.tenantId, line.bankReference);
    // A second line of one reference is money of its own; two persons have looked, and it is booked under the name of its line.
    const shown = isTaken ? { ...line, bankReference: `LINE-${lineId}` } : line;
    const refusal = transferRefusal({ ...shown, receivedOn: shown.valueOn }, account, businessDate(now));
    if (refusal) throw cannotBeDone(`${refusal.title} ${refusal.detail}`);
    await clearSuspense(tx, line, taskId, businessDate(now), now);
    await tx.query(END, [lineId, 'assigned', loanId, null, now]);
    const announced = isTaken ? undefined : await keptAnnouncement(tx, line.tenantId, line.bankReference);
    await bookLine(tx, account, shown, { repaymentId: await unusedIdOf(tx, account, line, announced), announced }, now);
  }
}
