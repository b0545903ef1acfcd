import { BUCKET_BEGINS, bucketOf } from '../classification/bucket.js';
import type { StandingStep } from './standing.js';

/** Bucket of the arrears by days past due (M-LN-01). */
export const bucketStep: StandingStep = {
  name: 'dpd-and-bucket',
  turnsAt: () => BUCKET_BEGINS,
  take: (found, { dpd }) => ({ ...found, bucket: bucketOf(dpd) }),
};
