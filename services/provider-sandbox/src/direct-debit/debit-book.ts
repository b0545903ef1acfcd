import { createHash } from 'node:crypto';
import { contentHash, type Clock } from '@millrace/contracts';
import { CLOCK, Database, idReused } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { fateOfDebit } from './debit-rules.js';
import type { DebitDto, DebitView } from './debit.dto.js';

interface DebitRow {
  readonly debitId: string;
  readonly sha256: string;
  readonly bankReference: string;
  readonly finalStatus: 'collected' | 'refused' | null;
  readonly finalReason: string | null;
  readonly finalAt: Date | null;
}

const READ = `
select debit_id as "debitId", request_sha256 as sha256, bank_reference as "bankReference", final_status as "finalStatus", final_reason as "finalReason",
  final_at as "finalAt" from direct_debit where debit_id = $1`;

const INSERT = `
insert into direct_debit (debit_id, request_sha256, amount_minor, currency, payer_name, payer_account, receiver_account, purpose, bank_reference, received_at,
  final_status, final_reason, final_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`;

const REFERENCE_CHARACTERS = 16;

/** The bank's book of debits; it outlives a restart. */
@Injectable()
export class DebitBook {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes an order in, or finds the one that came under this id before; answers how it stands now. */
  async enter(debitId: string, debit: DebitDto): Promise<DebitView> {
    const sha256 = contentHash(debit);
    if (!(await this.#read(debitId))) await this.#insert(debitId, debit, sha256);
    // The same order may have come in twice at once; then the other one is in the book.
    const row = (await this.#read(debitId))!;
    if (row.sha256 !== sha256) throw idReused('debit');
    return this.#view(row);
  }

  async find(debitId: string): Promise<DebitView | undefined> {
    const row = await this.#read(debitId);
    return row && this.#view(row);
  }

  #view({ debitId, bankReference, finalStatus, finalReason, finalAt }: DebitRow): DebitView {
    const isSettled = finalAt !== null && finalAt <= this.clock.now();
    const status = isSettled ? finalStatus! : 'pending';
    return {
      debitId,
      status,
      bankReference,
      collectedAt: status === 'collected' ? finalAt!.toISOString() : null,
      reason: isSettled ? finalReason : null,
    };
  }

  async #read(debitId: string): Promise<DebitRow | undefined> {
    return (await this.db.query<DebitRow & Record<string, unknown>>(READ, [debitId])).rows[0];
  }

  async #insert(debitId: string, debit: DebitDto, sha256: string): Promise<void> {
    const now = this.clock.now();
    const { amountMinor, currency, payerName, payerAccount, receiverAccount, purpose } = debit;
    const { rows } = await this.db.query<{ count: number }>('select count(*)::int as count from direct_debit where payer_account = $1', [payerAccount]);
    const { status, reason, afterMs } = fateOfDebit(payerAccount, rows[0]!.count);
    const reference = `DB${createHash('sha256').update(debitId).digest('hex').slice(0, REFERENCE_CHARACTERS).toUpperCase()}`;
    const order = [debitId, sha256, amountMinor, currency, payerName, payerAccount, receiverAccount, purpose, reference, now];
    await this.db.query(INSERT, [...order, status, reason, afterMs === null ? null : new Date(now.getTime() + afterMs)]);
  }
}
