import { businessDate, type Clock, type RefundTold } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { askWhose } from './ask-whose.js';
import type { BankLine } from './book-line.js';
import { clearSuspense } from './post-suspense.js';

const FIND = `
select r.state, b.line_id as "lineId", b.tenant_id as "tenantId", b.bank_reference as "bankReference", b.amount_minor::text as "amountMinor", b.currency,
  b.value_on::text as "valueOn" from refund r join bank_line b using (line_id) where r.refund_id = $1 and r.line_id = $2 for update of r`;

const UNKNOWN = 'update refund set unknown_since = coalesce(unknown_since, $2) where refund_id = $1';
const END = 'update refund set state = $2, reason_code = $3, bank_reference = $4, ended_at = $5 where refund_id = $1';
const RETURNED = `update suspense set state = 'returned', return_reference = $2, ended_at = $3 where line_id = $1`;

/** Reason of a refusal that names none. */
const REFUSED = 'BANK_REFUSED';

/** What became of a refund settles the money in suspense: sent back it leaves the books; refused it is open again, with the reason, and two persons are asked (R-DB-08). */
@Injectable()
export class OnRefundTold implements EventHandler<RefundTold> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle(event: ReceivedEvent<RefundTold>, tx: EventTransaction): Promise<void> {
    const { refundId, lineId, outcome, bankReference, refundedOn, reasonCode = REFUSED } = event.payload;
    const { rows } = await tx.query<BankLine & { readonly state: string } & Record<string, unknown>>(FIND, [refundId, lineId]);
    const [refund] = rows;
    if (!refund) return refuseEvent(tx, event, `no refund ${refundId} of line ${lineId} was ordered`);
    if (refund.state !== 'ORDERED') return;
    const now = this.clock.now();
    if (outcome === 'unknown') return void (await tx.query(UNKNOWN, [refundId, now]));
    if (outcome === 'refused') {
      await tx.query(END, [refundId, 'REFUSED', reasonCode, null, now]);
      const { amountMinor, valueOn, bankReference: cameUnder } = refund;
      return askWhose(tx, refund, { why: 'REFUND_REFUSED', refundReasonCode: reasonCode, amountMinor, valueOn, bankReference: cameUnder }, true, now);
    }
    if (bankReference === undefined) return refuseEvent(tx, event, `refund ${refundId} is sent under no reference of the bank`);
    await tx.query(END, [refundId, 'REFUNDED', null, bankReference, now]);
    await clearSuspense(tx, refund, refundId, leftOn(refund, refundedOn, businessDate(now)), now);
    await tx.query(RETURNED, [lineId, bankReference, now]);
  }
}

/** The day on which the bank has sent it; the day on which it is heard where no day is told. It leaves neither before it came nor in days to come. */
function leftOn({ valueOn }: BankLine, refundedOn: string | undefined, today: string): string {
  if (refundedOn === undefined || refundedOn > today) return today;
  return refundedOn < valueOn ? valueOn : refundedOn;
}
