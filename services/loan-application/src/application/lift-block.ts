import type { EventTransaction } from '@millrace/messaging';
import { CLOCK, HeldDecisionRefused, type DecidedHeldItem, type HeldItemHandler, type HeldKind } from '@millrace/service';
import type { Clock } from '@millrace/contracts';
import { Inject, Injectable } from '@nestjs/common';

/** Ends a firm's block before its date, once two persons have said so. */
@Injectable()
export class LiftBlock implements HeldItemHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply({ subject }: DecidedHeldItem, tx: EventTransaction): Promise<void> {
    const { rowCount } = await tx.query('update firm_block set lifted_at = $2 where block_id = $1 and lifted_at is null', [
      subject['blockId'],
      this.clock.now(),
    ]);
    if (!rowCount) throw new HeldDecisionRefused('there is no such block any more');
  }
}

/** A firm that waits after a refusal, and that two persons may let apply again (T63). */
export const FIRM_BLOCK_KIND: HeldKind = {
  kind: 'firm-block',
  question: 'May this firm apply again before its block ends?',
  decisions: [{ name: 'lift', meaning: 'The firm’s applications are taken again at once.', parameters: {} }],
  handler: LiftBlock,
};
