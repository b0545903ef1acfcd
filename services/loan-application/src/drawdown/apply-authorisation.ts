import type { Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { applicantReasons } from '@millrace/reasons';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { DRAWDOWN_PROCESS } from '../process/drawdown-process.js';
import type { StepEvidence } from '../process/step-evidence.js';
import { AdvanceDrawdown } from './advance-drawdown.js';
import { LookAgain } from './look-again.js';

/** Two persons have authorised the payment, or will not have it: it is looked at again and goes on, or ends (R-DB-02). */
@Injectable()
export class ApplyAuthorisation implements TaskHandler {
  constructor(
    private readonly advance: AdvanceDrawdown,
    private readonly payment: LookAgain,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async apply({ taskId, subject, decision, reason, votes }: DecidedTask, tx: EventTransaction): Promise<void> {
    const drawdown = await this.advance.lock(tx, subject['applicationId']!);
    if (!drawdown || DRAWDOWN_PROCESS.rule(drawdown.status).task !== 'authorisation') throw cannotBeDone('the payment does not wait for people any more');
    const [proposedBy, confirmedBy] = votes.map(({ voter }) => voter);
    const evidence: StepEvidence = { taskId, proposedBy, confirmedBy };
    const now = this.clock.now();
    if (decision === 'authorise') {
      await this.advance.advance(tx, drawdown, { trigger: 'ReviewCleared', reason, evidence, patch: { authorisedAt: now } });
      return this.payment.goOnAuthorised(tx, drawdown.applicationId);
    }
    const refusal = { stage: 'disbursement', decidedAt: now.toISOString(), reasons: applicantReasons([], 'refusal') } as const;
    await this.advance.advance(tx, drawdown, { trigger: 'ReviewRejected', reason, evidence, patch: { refusal } });
  }
}
