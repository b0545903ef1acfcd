import { RefundAnswered, type RefundRequested } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import type { CodeFor } from '@millrace/reasons';
import { Injectable } from '@nestjs/common';
import { RecordRefund } from './record-refund.js';

/** The credit, and a refund of it; orders about one line have one key, and come one after the other. */
const CREDIT = `
select amount_minor::text as "amountMinor", currency, (select r.refund_id from refund r where r.line_id = l.line_id and r.status <> 'REFUSED' and r.refund_id <> $3) as "other",
  exists (select from refund_debit d join refund r using (refund_id) where r.line_id = l.line_id and r.refund_id <> $3) as "hasLeft"
from bank_line l where line_id = $1 and tenant_id = $2 and direction = 'credit'`;

const SHOWN_ALREADY = 'REFUND_SHOWN_ALREADY' satisfies CodeFor<'refund'>;

/** The books give money back: the order is recorded, and the bank is called later, outside. What came in goes back whole, and once (R-DB-08, M-RF-01). */
@Injectable()
export class OnRefundRequested implements EventHandler<RefundRequested> {
  constructor(private readonly records: RecordRefund) {}

  async handle(event: ReceivedEvent<RefundRequested>, tx: EventTransaction): Promise<void> {
    const { payload, id: causationId, traceparent } = event;
    const { refundId, lineId, tenantId, amountMinor, currency, policyVersion } = payload;
    const { rows } = await tx.query<{ amountMinor: string; currency: string; other: string | null; hasLeft: boolean }>(CREDIT, [lineId, tenantId, refundId]);
    const [credit] = rows;
    if (!credit) return refuseEvent(tx, event, `lender ${tenantId} has got no money on line ${lineId}`);
    if (credit.amountMinor !== amountMinor || credit.currency !== currency) return refuseEvent(tx, event, `line ${lineId} is not of ${amountMinor} fen`);
    if (credit.other !== null) return refuseEvent(tx, event, `line ${lineId} goes back by refund ${credit.other}`);
    // The bank has refused it, and the statement shows that it was sent all the same: the books ask two persons again, with this reason.
    if (credit.hasLeft) return void tx.emit(new RefundAnswered({ storyId: lineId, lineId, refundId, outcome: 'refused', reasonCode: SHOWN_ALREADY }));
    await this.records.begin(tx, { refundId, tenantId, lineId, amountMinor, currency, policyVersion, causationId, traceparent: traceparent ?? null });
  }
}
