import { planAccrual } from '../accrual/plan-accrual.js';
import type { CloseStep } from './close-step.js';

/** Makes the shares of the day. */
export const planBookStep: CloseStep = {
  name: 'plan-book',
  endsTransaction: true,
  take: async (tx, { tenantId, day }) => {
    await planAccrual(tx, tenantId, day);
    return { kind: 'done' };
  },
};
