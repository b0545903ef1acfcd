import { businessInstant, type Clock, type RenewalAssessed } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { applicantReasons } from '@millrace/reasons';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import { readAskedConsents } from '../application/asked-consents.js';
import type { Application } from '../application/application.entity.js';

/** The books say whether the loan may be renewed: the checks of the firm begin, as for any application, or the application ends. */
@Injectable()
export class OnRenewalAssessed implements EventHandler<RenewalAssessed> {
  constructor(
    private readonly advance: AdvanceApplication,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async handle(event: ReceivedEvent<RenewalAssessed>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, isEligible, reasonCode, maturesOn } = event.payload;
    const application = await this.advance.lockKnown(tx, applicationId);
    if (application.renewsLoanId !== loanId) return refuseEvent(tx, event, `application ${applicationId} does not ask to renew loan ${loanId}`);
    // Said again: the sources are not asked twice, and a date that has moved since is asked for at the settlement.
    if (application.signBefore !== null) return this.advance.note(tx, application, 'RenewalAssessed', 'KNOWN_ALREADY', { loanId });
    if (isEligible) await this.#goOn(tx, application, maturesOn!);
    else await this.#end(tx, application, reasonCode!);
  }

  async #goOn(tx: EventTransaction, application: Application, maturesOn: string): Promise<void> {
    await this.advance.advance(tx, application, {
      trigger: 'RenewalEligible',
      reason: 'RENEWAL_ELIGIBLE',
      evidence: { loanId: application.renewsLoanId! },
      patch: { signBefore: businessInstant(maturesOn) },
      submission: await readAskedConsents(tx, application.applicationId),
    });
  }

  /** The firm has done nothing wrong, and may apply for another loan at once. */
  async #end(tx: EventTransaction, application: Application, reasonCode: string): Promise<void> {
    const declined = { outcome: 'declined', tier: 'T0', stage: 'verification', amountMinor: null, rateBps: null } as const;
    await this.advance.advance(tx, application, {
      trigger: 'RenewalRefused',
      reason: reasonCode,
      evidence: { loanId: application.renewsLoanId! },
      patch: { decision: { ...declined, decidedAt: this.clock.now().toISOString(), reasons: applicantReasons([reasonCode], 'refusal') } },
      blockedUntil: null,
    });
  }
}
