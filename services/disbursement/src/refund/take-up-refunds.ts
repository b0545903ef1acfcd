import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { refundJob, TAKEOVER_MS } from './refund-turn.js';

/** Refunds of one transaction; small, so that their rows are not locked for long. */
const BATCH = 100;
const ANY_DUE = 'select 1 from refund where next_action_at <= $1 limit 1';
/** Each gets a new turn, which ends that of a worker or a job that was lost. */
const TAKE_DUE = `
update refund set turn = turn + 1, next_action_at = $2
where refund_id in (
  select refund_id from refund where next_action_at <= $1 order by next_action_at limit ${BATCH} for no key update skip locked)
returning refund_id as "refundId", turn`;

/** Queues the job of every refund that is due: an unknown outcome to be asked about, or one whose worker died between any two steps. */
@Injectable()
export class TakeUpRefunds implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const now = this.clock.now();
    if (!(await this.database.query(ANY_DUE, [now])).rowCount) return;
    await this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: 'take-up-refunds' }, async (tx) => {
      const { rows } = await tx.query<{ refundId: string; turn: number }>(TAKE_DUE, [now, new Date(now.getTime() + TAKEOVER_MS)]);
      for (const { refundId, turn } of rows) tx.addJob(...refundJob(refundId, turn));
    });
  }
}
