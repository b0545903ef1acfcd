import { type KycReferred } from '@millrace/contracts';
import { openFindings } from '@millrace/reasons';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import { referralReasons } from './told-findings.js';
import { verificationChange } from './verification-change.js';

/** Something needs a person: a risk officer gets a task with the findings. */
@Injectable()
export class OnKycReferred implements EventHandler<KycReferred> {
  constructor(private readonly advance: AdvanceApplication) {}

  async handle({ payload }: ReceivedEvent<KycReferred>, tx: EventTransaction): Promise<void> {
    const application = await this.advance.lockKnown(tx, payload.applicationId);
    const { findings } = payload;
    await this.advance.advance(tx, application, {
      ...verificationChange('referred', 'KycReferred', payload),
      review: { reasons: referralReasons(findings), figures: { findings: openFindings(findings) } },
    });
  }
}
