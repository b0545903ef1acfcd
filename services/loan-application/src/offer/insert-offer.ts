import type { EventTransaction } from '@millrace/messaging';
import type { OfferDraft } from './make-offer.js';

/** Keeps an offer as it was made, cost sheet included. */
export async function insertOffer(tx: EventTransaction, applicationId: string, offer: OfferDraft): Promise<void> {
  await tx.query(
    `insert into offer (offer_id, application_id, amount_minor, rate_bps, effective_annual_rate_bps, tenor_months, repayment_method, cost_sheet, issued_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      offer.offerId,
      applicationId,
      offer.amountMinor,
      offer.rateBps,
      offer.effectiveAnnualRateBps,
      offer.tenorMonths,
      offer.repaymentMethod,
      JSON.stringify(offer.costSheet),
      offer.issuedAt,
      offer.expiresAt,
    ],
  );
}
