import type { Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, Database, notFound, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import { ReadApplications } from '../application/read-applications.js';
import { Offer } from './offer.entity.js';

/** Shows the offer with its cost sheet, and records the first time that the applicant's side saw it: nothing is accepted unseen (G-PR-02). */
@Injectable()
export class ShowOffer {
  constructor(
    private readonly db: Database,
    private readonly runner: TransactionRunner,
    private readonly advance: AdvanceApplication,
    private readonly applications: ReadApplications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async show(principal: Principal, applicationId: string): Promise<Offer> {
    const { makerId } = await this.applications.find(principal, applicationId);
    const offer = await this.db.repository(Offer).findOneBy({ applicationId });
    if (!offer) throw notFound('offer', 'The application has none yet, or never got one; its status says who acts next.');
    // An account manager who applied for the firm shows it the sheet; for other staff a look is only a look.
    const forApplicant = principal.kind === 'partner' || principal.id === makerId;
    if (!forApplicant || offer.shownAt) return offer;
    await this.runner.runInTurn(applicationId, contextOf(principal), async (tx) => {
      const application = await this.advance.lockKnown(tx, applicationId);
      const { rowCount } = await tx.query('update offer set shown_at = $2 where offer_id = $1 and shown_at is null', [offer.offerId, this.clock.now()]);
      if (rowCount === 1)
        await this.advance.note(tx, application, 'CostSheetShown', 'COST_SHEET_SHOWN', {
          offerId: offer.offerId,
          effectiveAnnualRateBps: offer.effectiveAnnualRateBps,
        });
    });
    return offer;
  }
}
