import { newId } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import type { Ticker } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { DRAWDOWN_PROCESS } from '../process/drawdown-process.js';
import { AdvanceDrawdown } from './advance-drawdown.js';
import { reviewOf } from './look-again.js';

/** Drawdowns of one transaction; small, so that their rows are not locked for long. */
const BATCH = 50;

/** Feeds deadlines of drawdowns that are over through the table (M-AP-03); several instances share the work. */
@Injectable()
export class SweepDrawdowns implements Ticker {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceDrawdown,
  ) {}

  async tick(): Promise<void> {
    for (let found = BATCH; found === BATCH;) found = await this.#sweep();
  }

  #sweep(): Promise<number> {
    return this.runner.run({ actor: { kind: 'system', id: 'loan-application' }, causationId: newId() }, async (tx) => {
      const overdue = await this.advance.lockOverdue(tx, BATCH);
      for (const drawdown of overdue) {
        const reason = DRAWDOWN_PROCESS.rule(drawdown.status).deadline?.reason ?? 'DEADLINE_PASSED';
        const evidence = { deadlineAt: drawdown.deadlineAt?.toISOString() };
        // Whoever looks at it next sees what was found so far.
        await this.advance.advance(tx, drawdown, { trigger: 'DeadlinePassed', reason, evidence, review: reviewOf(drawdown, drawdown.recheck) });
      }
      return overdue.length;
    });
  }
}
