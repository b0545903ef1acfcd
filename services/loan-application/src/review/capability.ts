import { defineCapability } from '@millrace/service';
import { DecideReview } from './decide-review.js';
import { HoldReview } from './hold-review.js';
import { RequestSupplement } from './request-supplement.js';

/** How people decide what the engine leaves to them. */
export const review = defineCapability({
  name: 'review',
  face: ['decide-review', 'decide-review.dto', 'hold-review', 'request-supplement'],
  providers: [DecideReview, HoldReview, RequestSupplement],
});
