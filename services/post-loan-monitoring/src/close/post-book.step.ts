import { postDay } from '../accrual/post-day.js';
import type { CloseStep } from './close-step.js';

/** The sums of the day as entries: income and claims, and the allowance for losses. */
export const postBookStep: CloseStep = {
  name: 'post-book',
  endsTransaction: true,
  take: async (tx, { tenantId, day }, now) => ({ kind: (await postDay(tx, tenantId, day, now)) ? 'done' : 'wait' }),
};
