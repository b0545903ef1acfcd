import { endLoans } from '../loan-file/end-loans.js';
import type { CloseStep } from './close-step.js';
import { inForceOn } from './rules-of-day.js';

/** Letters of settlement, and files that are closed; after the guarantees, whose guarantors are released by then. */
export const endLoansStep: CloseStep = {
  name: 'end-loans',
  take: async (tx, { tenantId, day }, now) => {
    const closesAfterDays = Math.max(...inForceOn(day).map(({ recovery }) => recovery.fileClosesAfterDays));
    const changed = await endLoans(tx, tenantId, day, closesAfterDays, now);
    return changed > 0 ? { kind: 'worked', loans: changed, changed } : { kind: 'done' };
  },
};
