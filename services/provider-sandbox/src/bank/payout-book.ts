import { contentHash } from '@millrace/contracts';
import { createHash } from 'node:crypto';
import type { Clock } from '@millrace/contracts';
import { CLOCK, Database, idReused } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { Faults } from '../fault/faults.js';
import { fateOf } from './account-rules.js';
import { PayoutReturns } from './payout-returns.js';
import type { PayoutDto, PayoutView } from './payout.dto.js';

interface PayoutRow {
  readonly payout_id: string;
  readonly request_sha256: string;
  readonly bank_reference: string;
  readonly final_status: 'paid' | 'refused' | null;
  readonly final_reason: string | null;
  readonly final_at: Date | null;
}

/** What one account was paid. */
export interface PayeeTotal {
  readonly payeeAccount: string;
  readonly debits: number;
  readonly totalMinor: string;
}

const COLUMNS = 'payout_id, request_sha256, bank_reference, final_status, final_reason, final_at';
const REFERENCE_CHARACTERS = 16;

/** The bank's book: one row an instruction, so that the same id never debits twice; it outlives a restart. */
@Injectable()
export class PayoutBook {
  constructor(
    private readonly db: Database,
    private readonly faults: Faults,
    private readonly returns: PayoutReturns,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes an instruction in, or finds the one that came under this id before; answers how it stands now. */
  async enter(payoutId: string, payout: PayoutDto): Promise<PayoutView> {
    const sha256 = contentHash(payout);
    const row = (await this.#read(payoutId)) ?? (await this.#insert(payoutId, payout, sha256));
    if (row.request_sha256 !== sha256) throw idReused('payout');
    return this.view(row);
  }

  async find(payoutId: string): Promise<PayoutView | undefined> {
    const row = await this.#read(payoutId);
    return row && this.view(row);
  }

  /** How a payout stands at this moment. */
  view(row: Omit<PayoutRow, 'request_sha256'>): PayoutView {
    const settled = row.final_at !== null && row.final_at <= this.clock.now();
    const status = settled ? row.final_status! : 'pending';
    return {
      payoutId: row.payout_id,
      status,
      bankReference: row.bank_reference,
      paidAt: status === 'paid' ? row.final_at!.toISOString() : null,
      reason: settled ? row.final_reason : null,
    };
  }

  /** How often each payout was debited; one that was not is not there. */
  async debits(): Promise<Record<string, number>> {
    const { rows } = await this.db.query<{ payout_id: string; debits: number }>(
      `select payout_id, count(*)::int as debits from payout where final_status = 'paid' and final_at <= $1 group by payout_id order by payout_id`,
      [this.clock.now()],
    );
    return Object.fromEntries(rows.map(({ payout_id: payoutId, debits }) => [payoutId, debits]));
  }

  async payees(): Promise<PayeeTotal[]> {
    const { rows } = await this.db.query<PayeeTotal & Record<string, unknown>>(
      `select payee_account as "payeeAccount", count(*)::int as debits, sum(amount_minor)::text as "totalMinor" from payout
       where final_status = 'paid' and final_at <= $1 group by payee_account order by payee_account`,
      [this.clock.now()],
    );
    return rows;
  }

  async #read(payoutId: string): Promise<PayoutRow | undefined> {
    const { rows } = await this.db.query<PayoutRow & Record<string, unknown>>(`select ${COLUMNS} from payout where payout_id = $1`, [payoutId]);
    return rows[0];
  }

  async #insert(payoutId: string, payout: PayoutDto, sha256: string): Promise<PayoutRow> {
    const now = this.clock.now();
    const late = this.faults.nextLateCallback();
    const fate = fateOf(payout.payeeAccount, late?.latencyMs);
    const finalAt = fate.afterMs === null ? null : new Date(now.getTime() + fate.afterMs);
    const callbackUrl = finalAt ? (late?.callbackUrl ?? null) : null;
    const reference = `BK${createHash('sha256').update(payoutId).digest('hex').slice(0, REFERENCE_CHARACTERS).toUpperCase()}`;
    const { amountMinor, currency, payeeName, payeeAccount, purpose, payerAccount } = payout;
    const { rows } = await this.db.query<PayoutRow & Record<string, unknown>>(
      `insert into payout (payout_id, request_sha256, amount_minor, currency, payee_name, payee_account, purpose, bank_reference, received_at,
         final_status, final_reason, final_at, callback_url, payer_account, callback_due_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, case when $13::text is not null then $12::timestamptz end)
       on conflict do nothing returning ${COLUMNS}`,
      [
        payoutId,
        sha256,
        amountMinor,
        currency,
        payeeName,
        payeeAccount,
        purpose,
        reference,
        now,
        fate.status,
        fate.reason,
        finalAt,
        callbackUrl,
        payerAccount ?? null,
      ],
    );
    if (rows[0] && finalAt && fate.status === 'paid' && fate.returnedAfterMs !== undefined)
      await this.returns.plan(payoutId, amountMinor, new Date(finalAt.getTime() + fate.returnedAfterMs));
    // The same instruction may have come in twice at once; then the other one is in the book.
    return rows[0] ?? (await this.#read(payoutId))!;
  }
}
