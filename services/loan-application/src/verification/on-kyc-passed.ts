import type { KycPassed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import { addLateFindings } from './late-findings.js';
import { isOvertaken } from './overtaken.js';
import { verificationChange } from './verification-change.js';

/** Verification is clean: the firm gets scored on the facts of the event. */
@Injectable()
export class OnKycPassed implements EventHandler<KycPassed> {
  constructor(private readonly advance: AdvanceApplication) {}

  async handle({ payload }: ReceivedEvent<KycPassed>, tx: EventTransaction): Promise<void> {
    const application = await this.advance.lockKnown(tx, payload.applicationId);
    if (await isOvertaken(this.advance, tx, application, 'KycPassed', payload)) return;
    const outcome = await this.advance.advance(tx, application, verificationChange('passed', 'KycPassed', payload));
    await addLateFindings(tx, application, outcome, payload.findings);
  }
}
