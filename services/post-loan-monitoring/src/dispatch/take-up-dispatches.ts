import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { dispatchJob, TAKEOVER_MS, TOLD_PARTIES, type ToldParty } from './dispatch.js';

/** Matters of one transaction; small, so that their rows are not locked for long. Each party has as many, so that the reports of a month end keep no notice waiting. */
const BATCH = 100;
const PARTIES = Object.keys(TOLD_PARTIES) as ToldParty[];
const ANY_DUE = 'select 1 from dispatch where party = $2 and next_action_at <= $1 limit 1';
/** Each gets a new turn, which ends that of a worker or a job that was lost. */
const TAKE_DUE = `
update dispatch set turn = turn + 1, next_action_at = $2
where dispatch_id in (select dispatch_id from dispatch where party = $3 and next_action_at <= $1 order by next_action_at limit ${BATCH} for no key update skip locked)
returning dispatch_id as "dispatchId", turn`;

/** Queues the job of every matter that is due: one whose time has come, an unknown outcome, or one whose worker died between any two steps. */
@Injectable()
export class TakeUpDispatches implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const now = this.clock.now();
    for (const party of PARTIES) await this.#takeUp(party, now);
  }

  async #takeUp(party: ToldParty, now: Date): Promise<void> {
    if (!(await this.database.query(ANY_DUE, [now, party])).rowCount) return;
    await this.runner.run({ actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: 'take-up-dispatches' }, async (tx) => {
      const { rows } = await tx.query<{ dispatchId: string; turn: number }>(TAKE_DUE, [now, new Date(now.getTime() + TAKEOVER_MS), party]);
      for (const row of rows) tx.addJob(...dispatchJob({ ...row, party }));
    });
  }
}
