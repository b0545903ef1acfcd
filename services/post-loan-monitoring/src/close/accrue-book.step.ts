import { accrueShare } from '../accrual/accrue-share.js';
import { sharesLeft } from '../accrual/plan-accrual.js';
import type { CloseStep } from './close-step.js';

/** What the loans have earned on the day, and what has to be set aside for each; its sums are kept for the next step. After the classes, by which interest is income or is not. */
export const accrueBookStep: CloseStep = {
  name: 'accrue-book',
  take: async (tx, { tenantId, day }, now) => {
    const loans = await accrueShare(tx, tenantId, day, now);
    if (loans !== undefined) return { kind: 'worked', loans: 0, changed: 0 };
    if ((await sharesLeft(tx, tenantId, day)) > 0) return { kind: 'wait' };
    return { kind: 'done' };
  },
};
