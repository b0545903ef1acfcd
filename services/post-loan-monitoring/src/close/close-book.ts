import { setTimeout as delay } from 'node:timers/promises';
import { newId, type Clock } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction, TransactionRunner } from '@millrace/messaging';
import { finishDay, openDay, tenantsWithLoans, type OpenDay } from './open-day.js';
import { runBatch } from './run-batch.js';

/** Wait before a batch is looked at again of which somebody has a loan, or before a day is asked after that others work on. */
const AGAIN_MS = 50;

/** What has been done of a day, for whoever watches. */
export interface CloseProgress {
  readonly tenantId: string;
  readonly day: IsoDate;
  /** Loans of the batch that were looked at, and those of them on which something has changed. */
  readonly loans: number;
  readonly changed: number;
}

export interface CloseOptions {
  /** A day is begun, or gone on with. */
  readonly opened?: (day: OpenDay) => Promise<void>;
  readonly progress?: (step: CloseProgress) => void;
  /** Ends the work between two batches; what is done stays done. */
  readonly isStopped?: () => boolean;
}

/**
 * Closes the days of every tenant, one after the other. Each batch is a transaction of its own, so that a process may be killed at any point, and several may
 * work on the same day: what one has in hand the others pass over.
 */
export class CloseBook {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  tenants(): Promise<string[]> {
    return tenantsWithLoans(this.runner.pool);
  }

  /** Closes all days of a tenant through the last one; false where it was stopped before. */
  async closeTenant(tenantId: string, last: IsoDate, options: CloseOptions = {}): Promise<boolean> {
    for (;;) {
      if (options.isStopped?.()) return false;
      const open = await this.#transaction((tx) => openDay(tx, tenantId, last, this.clock.now()));
      if (!open) return true;
      await options.opened?.(open);
      if (!(await this.#closeDay(open, options))) return false;
    }
  }

  /** Works on the batches of a day until all are done, whoever has done them. */
  async #closeDay(open: OpenDay, { progress, isStopped }: CloseOptions): Promise<boolean> {
    for (;;) {
      if (isStopped?.()) return false;
      const outcome = await this.#transaction((tx) => runBatch(tx, open, this.clock.now()));
      if (outcome.kind !== 'none') progress?.({ ...open, loans: outcome.kind === 'done' ? outcome.loans : 0, changed: outcome.changed });
      if (outcome.kind === 'none' && (await this.#transaction((tx) => finishDay(tx, open, this.clock.now())))) return true;
      if (outcome.kind !== 'done') await delay(AGAIN_MS);
    }
  }

  #transaction<T>(work: (tx: EventTransaction) => Promise<T>): Promise<T> {
    return this.runner.run({ actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: newId() }, work);
  }
}
