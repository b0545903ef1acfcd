import { newId, type Clock } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, Database, LOGGER, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { lastClosableDay } from '../close/close-calendar.js';
import { PostLoanMonitoringConfig } from '../config.js';
import { orderDebit, type PlannedTry } from './order-debit.js';
import { planDay, plannedThrough } from './plan-day.js';

/** Tries of one look; each is then a transaction of its own, so that none waits for another. */
const BATCH = 200;

const DUE = `
select d.loan_id as "loanId", d.due_on::text as "dueOn", d.try_number as "tryNumber" from debit d
where d.state = 'PLANNED' and d.try_on <= $1 and not exists (select from debit o where o.loan_id = d.loan_id and o.state = 'ORDERED')
order by d.try_on, d.loan_id, d.due_on limit ${BATCH}`;

/** Plans the debits of each business date once it has begun, and orders what is due to be tried; safe to run twice and in several instances. */
@Injectable()
export class OrderDebits implements Ticker {
  /** The last day that was found planned, so that a tick asks nobody until the next day. */
  #through: IsoDate = '';

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PostLoanMonitoringConfig) private readonly config: PostLoanMonitoringConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async tick(): Promise<void> {
    // A day begins when the one before is over: until then money of that day may still be told.
    const today = addDays(lastClosableDay(this.clock.now(), this.config.closeCutOff), 1);
    if (today > this.#through) await this.#plan(today);
    const { rows } = await this.database.query<PlannedTry & Record<string, unknown>>(DUE, [today]);
    for (const row of rows) await this.#order(row);
  }

  /** Days that were missed are planned too; the first day of an installation is the present one. */
  async #plan(today: IsoDate): Promise<void> {
    const newest = await plannedThrough(this.database);
    for (let day = newest === undefined ? today : addDays(newest, 1); day <= today; day = addDays(day, 1))
      await this.#transaction((tx) => planDay(tx, day, this.clock.now()));
    this.#through = today;
  }

  /** A loan that fails is reported and tried again by the next tick; it keeps no other loan waiting. */
  async #order(planned: PlannedTry): Promise<void> {
    try {
      await this.#transaction((tx) => orderDebit(tx, planned, () => this.clock.now()));
    } catch (error) {
      this.logger.error({ err: error, loanId: planned.loanId }, 'a debit could not be ordered and will be tried again');
    }
  }

  #transaction(work: (tx: EventTransaction) => Promise<void>): Promise<void> {
    return this.runner.run({ actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: newId() }, work);
  }
}
