import type { Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { settleChange } from '../loan-change/settle-change.js';
import type { EndClassFactDto, RecordClassFactDto } from './class-fact.dto.js';
import { factOf } from './fact-policy.js';
import { endFact, storeFact } from './store-fact.js';

/** Records the fact that two persons have agreed on. */
@Injectable()
export class SettleClassFact implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const agreed = await settleChange<RecordClassFactDto>(tx, task, now);
    if (agreed) await storeFact(tx, agreed.account, agreed.changeId, factOf(agreed.content), now);
  }
}

/** Ends the fact that two persons have found to be over. */
@Injectable()
export class SettleClassFactEnd implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const agreed = await settleChange<EndClassFactDto>(tx, task, now);
    if (!agreed) return;
    const { account, changeId, content } = agreed;
    const isEnded = await endFact(tx, account, { factId: content.classFactId, to: content.to, endedBy: changeId }, now);
    if (!isEnded) throw cannotBeDone('the fact is ended already');
  }
}
