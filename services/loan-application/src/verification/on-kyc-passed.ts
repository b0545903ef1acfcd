import type { KycPassed } from '@millrace/contracts';
import { openFindings } from '@millrace/reasons';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AppealRound } from '../appeal/appeal-round.js';
import { AdvanceApplication } from '../application/advance-application.js';
import type { Change } from '../application/application-change.js';
import type { Application } from '../application/application.entity.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { addLateFindings } from './late-findings.js';
import { isOvertaken } from './overtaken.js';
import { referralReasons } from './told-findings.js';
import { verificationChange } from './verification-change.js';

const ASKED_BY_PERSON = "select 1 from supplement where application_id = $1 and asked_by = 'person' limit 1";

/** Whoever has sent an application back looks at what was answered: numbers that fit now are no answer to what the person wanted to know (S03). */
async function personHasAsked(tx: EventTransaction, { applicationId, status, checkRound }: Application): Promise<boolean> {
  if (checkRound === null || !APPLICATION_PROCESS.takes(status, 'KycReferred')) return false;
  return (await tx.query(ASKED_BY_PERSON, [applicationId])).rows.length > 0;
}

const referred = (change: Change, { findings }: KycPassed): Change => ({
  ...change,
  trigger: 'KycReferred',
  review: { reasons: referralReasons(findings), figures: { findings: openFindings(findings) } },
});

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
    const outcome = await this.advance.advance(tx, application, (await personHasAsked(tx, application)) ? referred(change, payload) : change);
    await addLateFindings(tx, application, outcome, payload.findings);
  }
}
