import { setTimeout as delay } from 'node:timers/promises';
import { newId, type Clock } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction, TransactionRunner } from '@millrace/messaging';
import { finishDay, openDay, tenantsWithLoans, type OpenDay } from './open-day.js';
import { accrueBookStep } from './accrue-book.step.js';
import { accrueReserveStep } from './accrue-reserve.step.js';
import { classObligorsStep } from './class-obligors.step.js';
import type { CloseStep, StepOutcome } from './close-step.js';
import { endLoansStep } from './end-loans.step.js';
import { makeWay, nameSession } from './make-way.js';
import { offerRenewalsStep } from './offer-renewals.step.js';
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
  classObligorsStep,
  endLoansStep,
  planBookStep,
  accrueBookStep,
  postBookStep,
  accrueReserveStep,
  remindStep,
  offerRenewalsStep,
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

/** Where the steps of a day have come to, and what became of the last one that was taken. */
interface TakenSteps {
  readonly at: number;
  readonly outcome: StepOutcome;
  readonly isClosed: boolean;
}

/**
 * Takes the steps of a day from one on, in one transaction, as long as they have nothing to do: most days of most lenders ask for little, and each transaction
 * costs more than a look that finds nothing. The day is closed with the last of them.
 */
async function takeSteps(tx: EventTransaction, open: OpenDay, from: number, now: Date): Promise<TakenSteps> {
  for (let at = from; at < CLOSE_STEPS.length; at += 1) {
    const step = CLOSE_STEPS[at]!;
    const outcome = await step.take(tx, open, now);
    if (outcome.kind !== 'done') return { at, outcome, isClosed: false };
    if (step.endsTransaction) return { at: at + 1, outcome, isClosed: false };
  }
  await finishDay(tx, open, now);
  return { at: CLOSE_STEPS.length, outcome: { kind: 'done' }, isClosed: true };
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
  async #closeDay(open: OpenDay, { progress, isStopped }: CloseOptions): Promise<boolean> {
    for (let from = 0; ;) {
      if (isStopped?.()) return false;
      const beganMs = performance.now();
      const { at, outcome, isClosed } = await this.#transaction((tx) => takeSteps(tx, open, from, this.clock.now()));
      from = at;
      if (outcome.kind === 'worked') {
        progress?.({ ...open, step: CLOSE_STEPS[at]!.name, loans: outcome.loans, changed: outcome.changed });
        await makeWay(this.runner.pool, performance.now() - beganMs);
      } else if (outcome.kind === 'wait') await delay(AGAIN_MS);
      else if (isClosed) return true;
    }
  }

  #transaction<T>(work: (tx: EventTransaction) => Promise<T>): Promise<T> {
    return this.runner.run({ actor: { kind: 'system', id: 'post-loan-monitoring' }, causationId: newId() }, async (tx) => {
      await nameSession(tx);
      return work(tx);
    });
  }
}
