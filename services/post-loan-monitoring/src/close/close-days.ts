import type { Clock } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, LOGGER, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { PostLoanMonitoringConfig } from '../config.js';
import { CloseBook } from './close-book.js';
import { lastClosableDay } from './close-calendar.js';

/** Longest work of one tick: a service that leaves waits for it, and the next tick goes on where it was. */
const TICK_MS = 5_000;

/** Closes each day by itself once its cut-off is over; several instances share the work. */
@Injectable()
export class CloseDays implements Ticker {
  /** The last day that was found closed for every tenant, so that a tick asks nobody until the next cut-off. */
  #through: IsoDate = '';
  readonly #book: CloseBook;

  constructor(
    @Inject(TransactionRunner) runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PostLoanMonitoringConfig) private readonly config: PostLoanMonitoringConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#book = new CloseBook(runner, clock);
  }

  async tick(): Promise<void> {
    const last = lastClosableDay(this.clock.now(), this.config.closeCutOff);
    if (last <= this.#through) return;
    const endsAt = performance.now() + TICK_MS;
    const isStopped = (): boolean => performance.now() > endsAt;
    let isLeft = false;
    for (const tenantId of await this.#book.tenants()) {
      try {
        if (!(await this.#book.closeTenant(tenantId, last, { isStopped }))) isLeft = true;
      } catch (error) {
        // One tenant's trouble keeps no other waiting; the next tick goes on where this one was.
        isLeft = true;
        this.logger.error({ err: error, tenantId }, 'a day could not be closed and will be tried again');
      }
    }
    if (!isLeft) this.#through = last;
  }
}
