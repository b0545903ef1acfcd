import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import type { Clock } from '@millrace/contracts';
import { Inject, Injectable } from '@nestjs/common';

/** Ends a firm's block before its date, once two persons have said so. */
@Injectable()
export class LiftBlock implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply({ subject }: DecidedTask, tx: EventTransaction): Promise<void> {
    const { rowCount } = await tx.query('update firm_block set lifted_at = $2 where block_id = $1 and lifted_at is null', [
      subject['blockId'],
      this.clock.now(),
    ]);
    if (!rowCount) throw cannotBeDone('there is no such block any more');
  }
}
