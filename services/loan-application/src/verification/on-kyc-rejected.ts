import type { Clock, KycRejected } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import { refusalReasons } from './told-findings.js';
import { verificationChange } from './verification-change.js';

/** A hard rule or red fraud: the application is declined, with no override; where the facts are known it is still scored, for monitoring only (R-ID-08). */
@Injectable()
export class OnKycRejected implements EventHandler<KycRejected> {
  constructor(
    private readonly advance: AdvanceApplication,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async handle({ payload }: ReceivedEvent<KycRejected>, tx: EventTransaction): Promise<void> {
    const application = await this.advance.lockKnown(tx, payload.applicationId);
    const change = verificationChange('rejected', 'KycRejected', payload);
    const { fraudRedFrom } = policyOf(application.policyVersion).approval;
    // Events of earlier versions name the score; later ones the date alone, which says nothing of the cause (R-LG-02).
    const { blockedUntil } = payload;
    const block =
      blockedUntil === undefined
        ? { confirmedFraud: payload.fraudScore >= fraudRedFrom }
        : { blockedUntil: blockedUntil === null ? null : new Date(blockedUntil) };
    const decision = {
      outcome: 'declined',
      tier: 'T0',
      stage: 'verification',
      decidedAt: this.clock.now().toISOString(),
      amountMinor: null,
      rateBps: null,
      reasons: refusalReasons(payload.findings),
    } as const;
    await this.advance.advance(tx, application, { ...change, ...block, patch: { ...change.patch, decision } });
  }
}
