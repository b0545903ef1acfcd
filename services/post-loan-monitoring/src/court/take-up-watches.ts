import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, DueTurns, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { PostLoanMonitoringConfig } from '../config.js';
import { courtOf } from '../legal-case/court-lenders.js';
import { TAKEOVER_MS, watchJob } from './court-watch.js';

/** Open cases of lenders whose court tells of them, which nobody asks about yet. */
const WATCH = `
insert into court_watch (watch_id, loan_id, case_id, next_action_at)
select gen_random_uuid(), c.loan_id, c.case_id, $1 from legal_case c
where c.closed_on is null and ($2::text[] is null or c.tenant_id = any($2))
  and not exists (select from court_watch w where w.loan_id = c.loan_id and w.case_id = c.case_id)
on conflict do nothing`;
const DUE = new DueTurns({ table: 'court_watch', idColumn: 'watch_id' }, TAKEOVER_MS);

/** Queues the look at every case whose time has come. A lender without a court provider has none. */
@Injectable()
export class TakeUpWatches implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(PostLoanMonitoringConfig) private readonly config: PostLoanMonitoringConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const court = courtOf(this.config.courtLenders);
    if (!court) return;
    const { database, runner, clock } = this;
    await database.query(WATCH, [clock.now(), court.lenders]);
    await DUE.takeUp({ database, runner, clock }, { service: 'post-loan-monitoring', ticker: 'take-up-watches' }, watchJob);
  }
}
