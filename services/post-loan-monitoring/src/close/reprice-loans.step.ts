import { repriceDue } from '../repricing/reprice-due.js';
import type { CloseStep } from './close-step.js';

/** Loans whose rate follows the market, on their repricing day: first of all, as what the day earns and what is late follow from the rate. */
export const repriceLoansStep: CloseStep = {
  name: 'reprice-loans',
  take: async (tx, { tenantId, day }, now) => {
    const { loans, changed, isLeft } = await repriceDue(tx, tenantId, day, now);
    if (loans > 0) return { kind: 'worked', loans, changed };
    return { kind: isLeft ? 'wait' : 'done' };
  },
};
