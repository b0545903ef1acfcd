import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, Problem, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication, wrongStatus } from '../application/advance-application.js';
import { ReadApplications } from '../application/read-applications.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { claimRequest } from '../request/claim-request.js';
import type { DeclineOfferDto } from './offer.dto.js';

/** The applicant does not want the offer; the firm may apply again at once. */
@Injectable()
export class DeclineOffer {
  constructor(
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async decline(principal: Principal, applicationId: string, declineId: string, body: DeclineOfferDto): Promise<void> {
    await this.applications.find(principal, applicationId);
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      if (!(await claimRequest(tx, principal, { resource: 'offer decline', requestId: declineId, applicationId, body }, this.clock.now()))) return;
      if (!APPLICATION_PROCESS.takes(application.status, 'OfferDeclined')) throw wrongStatus(application.status);
      const { rowCount } = await tx.query('select 1 from offer where application_id = $1 and offer_id = $2', [applicationId, body.offerId]);
      if (rowCount === 0)
        throw new Problem({ status: 409, code: 'OFFER_MISMATCH', title: 'This is not the offer that stands.', detail: 'GET the offer and name its id.' });
      await this.advance.advance(tx, application, {
        trigger: 'OfferDeclined',
        reason: body.reasonCode ?? 'OFFER_DECLINED',
        evidence: { offerId: body.offerId, declineId },
      });
    });
  }
}
