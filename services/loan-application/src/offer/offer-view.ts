import type { OfferAnswer } from '@millrace/contracts/api';
import type { Offer } from './offer.entity.js';

/** The offer of the view, and of `GET …/offer`. */
export function offerView(offer: Offer): OfferAnswer {
  const { offerId, amountMinor, rateBps, effectiveAnnualRateBps, tenorMonths, repaymentMethod, costSheet } = offer;
  return {
    offerId,
    amountMinor,
    rateBps,
    effectiveAnnualRateBps,
    tenorMonths,
    repaymentMethod,
    expiresAt: offer.expiresAt.toISOString(),
    acceptedAt: offer.acceptedAt?.toISOString() ?? null,
    disclosuresShown: offer.shownDisclosures,
    costSheet,
  };
}
