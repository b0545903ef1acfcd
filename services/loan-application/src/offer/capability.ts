import { defineCapability } from '@millrace/service';
import { DeclineOffer } from './decline-offer.js';
import { Offer } from './offer.entity.js';
import { ShowOffer } from './show-offer.js';

/** What an approved applicant is offered: costs, schedule, and how long it stands. */
export const offer = defineCapability({
  name: 'offer',
  face: ['decline-offer', 'insert-offer', 'make-offer', 'offer-view', 'offer.dto', 'offer.entity', 'show-offer'],
  providers: [ShowOffer, DeclineOffer],
  entities: [Offer],
});
