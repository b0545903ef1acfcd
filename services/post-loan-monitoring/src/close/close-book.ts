import { setTimeout as delay } from 'node:timers/promises';
import { newId, type Clock } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction, TransactionRunner } from '@millrace/messaging';
import { finishDay, openDay, tenantsWithLoans, type OpenDay } from './open-day.js';
import { accrueBookStep } from './accrue-book.step.js';
import type { CloseStep } from './close-step.js';
import { endLoansStep } from './end-loans.step.js';
import { makeWay, nameSession } from './make-way.js';
import { planBookStep } from './plan-book.step.js';
import { postBookStep } from './post-book.step.js';
import { remindStep } from './remind.step.js';
import { reportCreditStep } from './report-credit.step.js';
import { repriceLoansStep } from './reprice-loans.step.js';
import { standLoansStep } from './stand-loans.step.js';

/** Wait before a batch is looked at again of which somebody has a loan, or before a day is asked after that others work on. */
const AGAIN_MS = 50;

/** The steps of a day, in their order. */
export const CLOSE_STEPS: readonly CloseStep[] = [
  repriceLoansStep,
  standLoansStep,
  endLoansStep,
  planBookStep,
  accrueBookStep,
  postBookStep,
  remindStep,
  reportCreditStep,
];

/** What has been done of a day, for whoever watches. */
export interface CloseProgress {
  readonly tenantId: string;
  readonly day: IsoDate;
  /** Name of the step that the batch is a part of. */
  readonly step: string;
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

  /** Takes the steps of a day one after the other, each until it is done, whoever has done it. */
  async #closeDay(open: OpenDay, options: CloseOptions): Promise<boolean> {
    for (const step of CLOSE_STEPS) if (!(await this.#takeStep(step, open, options))) return false;
    await this.#transaction((tx) => finishDay(tx, open, this.clock.now()));
    return true;
  }

  async #takeStep(step: CloseStep, open: OpenDay, { progress, isStopped }: CloseOptions): Promise<boolean> {
    for (;;) {
      if (isStopped?.()) return false;
      const beganMs = performance.now();
      const outcome = await this.#transaction((tx) => step.take(tx, open, this.clock.now()));
      if (outcome.kind === 'done') return true;
      if (outcome.kind === 'wait') {
        await delay(AGAIN_MS);
        continue;
      }
      progress?.({ ...open, step: step.name, loans: outcome.loans, changed: outcome.changed });
      await makeWay(this.runner.pool, performance.now() - beganMs);
    }
  }

  #transaction<T>(work: (tx: EventTransaction) => Promise<T>): Promise<T> {
    return this.runner.run({ actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: newId() }, async (tx) => {
      await nameSession(tx);
      return work(tx);
    });
  }
}
