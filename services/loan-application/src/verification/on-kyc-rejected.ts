import type { Clock, KycRejected } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AppealRound } from '../appeal/appeal-round.js';
import { AdvanceApplication } from '../application/advance-application.js';
import { AdvanceDrawdown } from '../drawdown/advance-drawdown.js';
import { isOvertaken } from './overtaken.js';
import { refusalReasons } from './told-findings.js';
import { verificationChange } from './verification-change.js';

/** A hard rule or red fraud: the application is declined, with no override; where the facts are known it is still scored, for monitoring only (R-ID-08). */
@Injectable()
export class OnKycRejected implements EventHandler<KycRejected> {
  constructor(
    private readonly advance: AdvanceApplication,
    private readonly drawdowns: AdvanceDrawdown,
    private readonly appeals: AppealRound,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async handle({ payload }: ReceivedEvent<KycRejected>, tx: EventTransaction): Promise<void> {
    const application = await this.advance.lockKnown(tx, payload.applicationId);
    if (await isOvertaken(this.advance, tx, application, 'KycRejected', payload)) return;
    const change = verificationChange('rejected', 'KycRejected', payload);
    if (await this.appeals.verified(tx, application, change)) return;
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
    const { effect } = await this.advance.advance(tx, application, { ...change, ...block, patch: { ...change.patch, decision } });
    if (effect !== 'ignored') return;
    // The contract may be signed already: money that is not out yet, and not ordered, is then held back.
    const drawdown = await this.drawdowns.lock(tx, payload.applicationId);
    if (!drawdown) return;
    const { stage, decidedAt, reasons } = decision;
    const { reason, evidence, patch } = change;
    const refused = { ...block, verification: patch.verification };
    await this.drawdowns.advance(tx, drawdown, { trigger: 'KycRejected', reason, evidence, patch: { refusal: { stage, decidedAt, reasons } }, refused });
  }
}
