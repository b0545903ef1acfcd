import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { debitJob, TAKEOVER_MS } from './debit-turn.js';

/** Debits of one transaction; small, so that their rows are not locked for long. */
const BATCH = 100;
const ANY_DUE = 'select 1 from direct_debit where next_action_at <= $1 limit 1';
/** Each gets a new turn, which ends that of a worker or a job that was lost. */
const TAKE_DUE = `
update direct_debit set turn = turn + 1, next_action_at = $2
where direct_debit_id in (
  select direct_debit_id from direct_debit where next_action_at <= $1 order by next_action_at limit ${BATCH} for no key update skip locked)
returning direct_debit_id as "debitId", turn`;

/** Queues the job of every debit that is due: an unknown outcome to be asked about, or one whose worker died between any two steps. */
@Injectable()
export class TakeUpDebits implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const now = this.clock.now();
    if (!(await this.database.query(ANY_DUE, [now])).rowCount) return;
    await this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: 'take-up-debits' }, async (tx) => {
      const { rows } = await tx.query<{ debitId: string; turn: number }>(TAKE_DUE, [now, new Date(now.getTime() + TAKEOVER_MS)]);
      for (const { debitId, turn } of rows) tx.addJob(...debitJob(debitId, turn));
    });
  }
}
