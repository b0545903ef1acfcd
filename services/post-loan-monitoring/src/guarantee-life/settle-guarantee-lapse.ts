import type { Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import type { DecidedTask, TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';

const LET_LAPSE = 'update guarantee set let_lapse_at = $3 where loan_id = $1 and guarantee_id = $2';

/** Writes down that a guarantee may lapse, as two persons have found. */
@Injectable()
export class SettleGuaranteeLapse implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply({ subject }: DecidedTask, tx: EventTransaction): Promise<void> {
    const { loanId, guaranteeId } = subject as { loanId: string; guaranteeId: string };
    await tx.query(LET_LAPSE, [loanId, guaranteeId, this.clock.now()]);
  }
}
