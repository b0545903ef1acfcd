import { businessDate, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import type { DecidedTask, TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { standAgain } from '../standing/stand-again.js';
import { settleChange } from '../loan-change/settle-change.js';
import type { RecordGuaranteeDto } from './guarantee.dto.js';
import { storeGuarantee } from './store-guarantee.js';

/** Records the guarantee that two persons have found in its contract. */
@Injectable()
export class SettleGuarantee implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const agreed = await settleChange<RecordGuaranteeDto>(tx, task, now);
    if (!agreed) return;
    const { account, changeId: guaranteeId, content } = agreed;
    const { guarantee } = policyInForce(policyOf(account.policyVersion).lenderType, businessDate(now));
    await storeGuarantee(tx, account, guaranteeId, { ...content, periodMonths: content.periodMonths ?? guarantee.periodMonths }, now);
    await standAgain(tx, account, businessDate(now), now, 'fact');
  }
}
