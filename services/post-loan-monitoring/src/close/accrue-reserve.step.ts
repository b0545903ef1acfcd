import { isMonthEnd } from '../credit-report/credit-report.js';
import { accrueReserve } from '../reserve/accrue-reserve.js';
import type { CloseStep } from './close-step.js';

/** At the end of a month, what the plan puts into the reserve for operational risk; after the sums of the day, of which its rate is taken. */
export const accrueReserveStep: CloseStep = {
  name: 'accrue-reserve',
  take: async (tx, { tenantId, day }, now) => {
    if (isMonthEnd(day)) await accrueReserve(tx, tenantId, day, now);
    return { kind: 'done' };
  },
};
