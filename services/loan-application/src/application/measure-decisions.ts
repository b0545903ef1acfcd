import type { EventTransaction } from '@millrace/messaging';
import { MetricsRegistry } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { ApplicationStatus } from '@millrace/contracts';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import type { Application } from './application.entity.js';
import { MEASURED_DECISIONS } from './measured-decisions.js';

/** From below a second, which the engine needs, to the days that a person may take. */
const BUCKETS_S = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600, 21_600, 86_400, 259_200];

/** How long applicants wait for a decision, and which way decisions go: the figures of the lender's promise and of its risk (R-TC-08). */
@Injectable()
export class MeasureDecisions {
  readonly #seconds;

  constructor(@Inject(MetricsRegistry) metrics: MetricsRegistry) {
    this.#seconds = metrics.histogram(
      'millrace_decision_seconds',
      'From the submission of an application to a decision, by outcome (approved, rejected, referred) and decider (engine, person).',
      ['outcome', 'decider'],
      BUCKETS_S,
    );
    for (const decision of MEASURED_DECISIONS) this.#seconds.zero({ ...decision });
  }

  /** Counts the step, once it is durable, if it is a decision. */
  note(tx: EventTransaction, from: ApplicationStatus, { status, submittedAt, updatedAt }: Application): void {
    const decision = APPLICATION_PROCESS.decisionOf(from, status);
    if (!decision) return;
    const seconds = (updatedAt.getTime() - submittedAt.getTime()) / 1_000;
    tx.afterCommit(() => this.#seconds.observe({ ...decision }, seconds));
  }
}
