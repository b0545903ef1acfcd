import { newId } from '@millrace/contracts';
import { DEFAULT_LANGUAGE, staffText } from '@millrace/reasons';
import { TransactionRunner } from '@millrace/messaging';
import type { Ticker } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { AdvanceApplication } from './advance-application.js';

/** Applications of one transaction; small, so that their rows are not locked for long. */
const BATCH = 50;

/** Feeds deadlines that are over through the same table as everything else (M-AP-03); several instances share the work. */
@Injectable()
export class SweepDeadlines implements Ticker {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
  ) {}

  async tick(): Promise<void> {
    for (let found = BATCH; found === BATCH;) found = await this.#sweep();
  }

  #sweep(): Promise<number> {
    return this.runner.run({ actor: { kind: 'system', id: 'loan-application' }, causationId: newId() }, async (tx) => {
      const overdue = await this.advance.lockOverdue(tx, BATCH);
      for (const application of overdue) {
        const reason = APPLICATION_PROCESS.rule(application.status).deadline?.reason ?? 'DEADLINE_PASSED';
        await this.advance.advance(tx, application, {
          trigger: 'DeadlinePassed',
          reason,
          evidence: { deadlineAt: application.deadlineAt?.toISOString() },
          review: { reasons: [{ code: reason, sentence: staffText(reason, DEFAULT_LANGUAGE) }] },
        });
      }
      return overdue.length;
    });
  }
}
