import { type KycReferred } from '@millrace/contracts';
import { openFindings } from '@millrace/reasons';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AppealRound } from '../appeal/appeal-round.js';
import { AdvanceApplication } from '../application/advance-application.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { AskSupplement } from '../supplement/ask-supplement.js';
import { askedOf } from '../supplement/supplement-policy.js';
import { addLateFindings } from './late-findings.js';
import { isOvertaken } from './overtaken.js';
import { referralReasons } from './told-findings.js';
import { verificationChange } from './verification-change.js';

/** Something needs the applicant, where all of it is for the applicant to mend and it may still be asked, or else a person: a risk officer gets a task with the findings. */
@Injectable()
export class OnKycReferred implements EventHandler<KycReferred> {
  constructor(
    private readonly advance: AdvanceApplication,
    private readonly supplements: AskSupplement,
    private readonly appeals: AppealRound,
  ) {}

  async handle({ payload }: ReceivedEvent<KycReferred>, tx: EventTransaction): Promise<void> {
    const application = await this.advance.lockKnown(tx, payload.applicationId);
    if (await isOvertaken(this.advance, tx, application, 'KycReferred', payload)) return;
    const { findings } = payload;
    const change = verificationChange('referred', 'KycReferred', payload);
    if (await this.appeals.verified(tx, application, change)) return;
    const items = APPLICATION_PROCESS.takes(application.status, 'SupplementNeeded') ? askedOf(openFindings(findings)) : [];
    const asked =
      items.length > 0 && (await this.supplements.ask(tx, application, { items, staffId: null, change: { ...change, trigger: 'SupplementNeeded' } }));
    if (asked) return;
    const outcome = await this.advance.advance(tx, application, {
      ...change,
      review: { reasons: referralReasons(findings), figures: { findings: openFindings(findings) } },
    });
    await addLateFindings(tx, application, outcome, findings);
  }
}
