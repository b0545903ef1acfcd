import { businessDate, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { DisbursementConfig } from '../config.js';
import { PULL_STATEMENT } from './pull-statement.js';
import { statementAccounts, type StatementAccount } from '../bank/statement-accounts.js';
import { TAKEOVER_MS } from './statement-days.js';

/** Days of one job; a start after a long stop has more, which follow one after the other. */
const BATCH = 50;

/** From the day after the last one that is known up to today, so that no day is left out, however long nobody looked. The first look begins with its own day. */
const OPEN_DAYS = `
insert into statement_day (tenant_id, account, day, next_pull_at)
select $1, $2, d::date, $4 from generate_series(
  coalesce((select max(day) + 1 from statement_day where tenant_id = $1 and account = $2), $3::date)::timestamp, $3::date::timestamp, interval '1 day') d
on conflict do nothing`;

const ANY_DUE = `
select exists (select from statement_day where tenant_id = $1 and account = $2 and next_pull_at <= $3)
  or not exists (select from statement_day where tenant_id = $1 and account = $2 and day = $4) as due`;

/** The newest first: today's money is what people wait for. */
const TAKE_DUE = `
update statement_day set next_pull_at = $4 where (tenant_id, account, day) in (
  select tenant_id, account, day from statement_day where tenant_id = $1 and account = $2 and next_pull_at <= $3 order by day desc limit ${BATCH} for update skip locked)
returning day::text`;

/** Queues the job that reads the statement of each account whose interval is over. */
@Injectable()
export class TakeUpStatements implements Ticker {
  readonly #accounts: readonly StatementAccount[];

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(DisbursementConfig) config: DisbursementConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#accounts = statementAccounts(config.statementAccounts);
  }

  async tick(): Promise<void> {
    for (const account of this.#accounts) await this.#takeUp(account);
  }

  async #takeUp({ tenantId, account }: StatementAccount): Promise<void> {
    const now = this.clock.now();
    const today = businessDate(now);
    const { rows: looked } = await this.database.query<{ due: boolean }>(ANY_DUE, [tenantId, account, now, today]);
    if (!looked[0]!.due) return;
    await this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: 'take-up-statements' }, async (tx) => {
      await tx.query(OPEN_DAYS, [tenantId, account, today, now]);
      const { rows } = await tx.query<{ day: string }>(TAKE_DUE, [tenantId, account, now, new Date(now.getTime() + TAKEOVER_MS)]);
      const days = rows.map(({ day }) => day).sort();
      if (days.length > 0)
        tx.addJob(PULL_STATEMENT, { tenantId, account, days }, { jobKey: `${PULL_STATEMENT}:${tenantId}:${account}:${days.at(-1)!}`, maxAttempts: 1 });
    });
  }
}
