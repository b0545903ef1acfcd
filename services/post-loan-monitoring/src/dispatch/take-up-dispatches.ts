import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, DueTurns, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { dispatchJob, TAKEOVER_MS, TOLD_PARTIES, type ToldParty } from './dispatch.js';

/** Each party has its own share of what is due, so that the reports of a month end keep no notice waiting. */
const DUE = (Object.keys(TOLD_PARTIES) as ToldParty[]).map((party) => ({
  party,
  turns: new DueTurns({ table: 'dispatch', idColumn: 'dispatch_id', condition: `party = '${party}'` }, TAKEOVER_MS),
}));
const CAUSE = { service: 'post-loan-monitoring', ticker: 'take-up-dispatches' };

/** Queues the job of every matter that is due: one whose time has come, an unknown outcome, or one whose worker died between any two steps. */
@Injectable()
export class TakeUpDispatches implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const { database, runner, clock } = this;
    for (const { party, turns } of DUE) await turns.takeUp({ database, runner, clock }, CAUSE, (dispatchId, turn) => dispatchJob({ dispatchId, party, turn }));
  }
}
