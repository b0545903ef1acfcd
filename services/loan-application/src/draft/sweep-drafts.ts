import { newId } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import type { Ticker } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { AdvanceDraft } from './advance-draft.js';

/** Drafts of one transaction; small, so that their rows are not locked for long. */
const BATCH = 50;

/** Ends drafts that nobody has touched for too long, and empties them (M-AP-03); several instances share the work. */
@Injectable()
export class SweepDrafts implements Ticker {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceDraft,
  ) {}

  async tick(): Promise<void> {
    for (let found = BATCH; found === BATCH;) found = await this.#sweep();
  }

  #sweep(): Promise<number> {
    return this.runner.run({ actor: { kind: 'system', id: 'loan-application' }, causationId: newId() }, async (tx) => {
      const overdue = await this.advance.lockOverdue(tx, BATCH);
      for (const draft of overdue) {
        const evidence = { deadlineAt: draft.deadlineAt!.toISOString() };
        await this.advance.advance(tx, draft, { trigger: 'DeadlinePassed', reason: 'DRAFT_IDLE', evidence }, {});
      }
      return overdue.length;
    });
  }
}
