import type { KycPassed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AppealRound } from '../appeal/appeal-round.js';
import { AdvanceApplication } from '../application/advance-application.js';
import { addLateFindings } from './late-findings.js';
import { isOvertaken } from './overtaken.js';
import { verificationChange } from './verification-change.js';

/** Verification is clean: the firm gets scored on the facts of the event. */
@Injectable()
export class OnKycPassed implements EventHandler<KycPassed> {
  constructor(
    private readonly advance: AdvanceApplication,
    private readonly appeals: AppealRound,
  ) {}

  async handle({ payload }: ReceivedEvent<KycPassed>, tx: EventTransaction): Promise<void> {
    const application = await this.advance.lockKnown(tx, payload.applicationId);
    if (await isOvertaken(this.advance, tx, application, 'KycPassed', payload)) return;
    const change = verificationChange('passed', 'KycPassed', payload);
    if (await this.appeals.verified(tx, application, change)) return;
    const outcome = await this.advance.advance(tx, application, change);
    await addLateFindings(tx, application, outcome, payload.findings);
  }
}
