import { createHash } from 'node:crypto';
import { contentHash, newId, type Clock } from '@millrace/contracts';
import { CLOCK, Database, idReused, notFound, Problem } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { PayoutReturnDto, PayoutReturnView } from './payout.dto.js';

interface PaidPayout {
  readonly amountMinor: string;
  readonly payerAccount: string | null;
  readonly isPaid: boolean;
}

const PAYOUT = `
select amount_minor::text as "amountMinor", payer_account as "payerAccount", coalesce(final_status = 'paid' and final_at <= $2, false) as "isPaid"
from payout where payout_id = $1`;

const INSERT = `
insert into payout_return (return_id, payout_id, request_sha256, amount_minor, bank_reference, returned_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`;

const READ = `
select return_id as "returnId", payout_id as "payoutId", amount_minor::text as "amountMinor", bank_reference as "bankReference", returned_at as "returnedAt",
  request_sha256 as sha256 from payout_return where payout_id = $1 or return_id = $2`;

const REFERENCE_CHARACTERS = 16;

function refused(code: string, title: string, detail: string): Problem {
  return new Problem({ status: 422, code, title, detail });
}

/** The bank's book of payouts that come back (退汇): once each, as a credit on the account that they had left. */
@Injectable()
export class PayoutReturns {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A payout that is to come back by itself, as its payee's account says. */
  async plan(payoutId: string, amountMinor: string, returnedAt: Date): Promise<void> {
    await this.#insert(newId(), { payoutId }, amountMinor, returnedAt);
  }

  /** A payout comes back now. Throws `NOT_FOUND`, `PAYOUT_NOT_PAID`, `PAYOUT_WITHOUT_ACCOUNT` and `ID_REUSED`. */
  async enter(returnId: string, body: PayoutReturnDto): Promise<PayoutReturnView> {
    const now = this.clock.now();
    const { rows } = await this.db.query<PaidPayout & Record<string, unknown>>(PAYOUT, [body.payoutId, now]);
    const [payout] = rows;
    if (!payout) throw notFound('payout');
    if (!payout.isPaid) throw refused('PAYOUT_NOT_PAID', 'The payout was not paid.', 'Only what was paid can come back.');
    if (payout.payerAccount === null)
      throw refused('PAYOUT_WITHOUT_ACCOUNT', 'The payout names no payerAccount.', 'There is no account that it could come back to.');
    await this.#insert(returnId, body, body.amountMinor ?? payout.amountMinor, now);
    const { rows: known } = await this.db.query<PayoutReturnView & { sha256: string }>(READ, [body.payoutId, returnId]);
    const { sha256, ...view } = known.find((one) => one.returnId === returnId) ?? known[0]!;
    if (view.returnId !== returnId || sha256 !== contentHash(body)) throw idReused('return');
    return view;
  }

  async #insert(returnId: string, body: PayoutReturnDto, amountMinor: string, returnedAt: Date): Promise<void> {
    const reference = `RT${createHash('sha256').update(body.payoutId).digest('hex').slice(0, REFERENCE_CHARACTERS).toUpperCase()}`;
    await this.db.query(INSERT, [returnId, body.payoutId, contentHash(body), amountMinor, reference, returnedAt]);
  }
}
