import { createHash } from 'node:crypto';
import { contentHash, type Clock } from '@millrace/contracts';
import { CLOCK, Database, idReused } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { fateOfRefund } from './refund-rules.js';
import type { RefundDto, RefundView } from './refund.dto.js';

interface RefundRow {
  readonly refundId: string;
  readonly sha256: string;
  readonly bankReference: string;
  readonly finalStatus: 'refunded' | 'refused' | null;
  readonly finalReason: string | null;
  readonly finalAt: Date | null;
}

const READ = `
select refund_id as "refundId", request_sha256 as sha256, bank_reference as "bankReference", final_status as "finalStatus", final_reason as "finalReason",
  final_at as "finalAt" from refund where refund_id = $1`;

const INSERT = `
insert into refund (refund_id, request_sha256, amount_minor, currency, payee_name, payee_account, payer_account, original_reference, purpose, bank_reference,
  received_at, final_status, final_reason, final_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`;

const REFERENCE_CHARACTERS = 16;

/** The bank's book of refunds; it outlives a restart. */
@Injectable()
export class RefundBook {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes an order in, or finds the one that came under this id before; answers how it stands now. */
  async enter(refundId: string, refund: RefundDto): Promise<RefundView> {
    const sha256 = contentHash(refund);
    if (!(await this.#read(refundId))) await this.#insert(refundId, refund, sha256);
    // The same order may have come in twice at once; then the other one is in the book.
    const row = (await this.#read(refundId))!;
    if (row.sha256 !== sha256) throw idReused('refund');
    return this.#view(row);
  }

  async find(refundId: string): Promise<RefundView | undefined> {
    const row = await this.#read(refundId);
    return row && this.#view(row);
  }

  #view({ refundId, bankReference, finalStatus, finalReason, finalAt }: RefundRow): RefundView {
    const isSettled = finalAt !== null && finalAt <= this.clock.now();
    const status = isSettled ? finalStatus! : 'pending';
    return {
      refundId,
      status,
      bankReference,
      refundedAt: status === 'refunded' ? finalAt!.toISOString() : null,
      reason: isSettled ? finalReason : null,
    };
  }

  async #read(refundId: string): Promise<RefundRow | undefined> {
    return (await this.db.query<RefundRow & Record<string, unknown>>(READ, [refundId])).rows[0];
  }

  async #insert(refundId: string, refund: RefundDto, sha256: string): Promise<void> {
    const now = this.clock.now();
    const { amountMinor, currency, payeeName, payeeAccount, payerAccount, originalReference, purpose } = refund;
    const { status, reason, afterMs } = fateOfRefund(payeeAccount);
    const reference = `RF${createHash('sha256').update(refundId).digest('hex').slice(0, REFERENCE_CHARACTERS).toUpperCase()}`;
    const order = [refundId, sha256, amountMinor, currency, payeeName, payeeAccount, payerAccount, originalReference, purpose, reference, now];
    await this.db.query(INSERT, [...order, status, reason, afterMs === null ? null : new Date(now.getTime() + afterMs)]);
  }
}
