import type { Clock } from '@millrace/contracts';
import { CLOCK, Database, LOGGER, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { PayoutBook } from './payout-book.js';

interface DueCallback {
  readonly payout_id: string;
  readonly bank_reference: string;
  readonly final_status: 'paid' | 'refused';
  readonly final_reason: string | null;
  readonly final_at: Date;
  readonly callback_url: string;
  readonly callback_attempts: number;
}

const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MS = 1_000;
const TIMEOUT_MS = 5_000;
const BATCH = 20;

/** Posts the final answer of late payouts to the address of their fault, until it is taken or five tries are over. */
@Injectable()
export class PostCallbacks implements Ticker {
  constructor(
    private readonly db: Database,
    private readonly book: PayoutBook,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async tick(): Promise<void> {
    const { rows } = await this.db.query<DueCallback & Record<string, unknown>>(
      `select payout_id, bank_reference, final_status, final_reason, final_at, callback_url, callback_attempts from payout
       where callback_due_at <= $1 order by callback_due_at limit ${BATCH}`,
      [this.clock.now()],
    );
    await Promise.all(rows.map((row) => this.#post(row)));
  }

  async #post(row: DueCallback): Promise<void> {
    const taken = await this.#isTaken(row);
    const attempts = row.callback_attempts + 1;
    const over = taken || attempts >= MOST_ATTEMPTS;
    const next = over ? null : new Date(this.clock.now().getTime() + FIRST_WAIT_MS * 2 ** (attempts - 1));
    await this.db.query('update payout set callback_attempts = $2, callback_due_at = $3 where payout_id = $1', [row.payout_id, attempts, next]);
  }

  async #isTaken(row: DueCallback): Promise<boolean> {
    try {
      const answer = await fetch(row.callback_url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(this.book.view(row)),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch (error) {
      this.logger.warn({ payoutId: row.payout_id, reason: (error as Error).message }, 'a callback was not taken');
      return false;
    }
  }
}
