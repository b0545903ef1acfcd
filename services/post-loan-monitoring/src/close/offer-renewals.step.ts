import { addDays } from '@millrace/finance';
import { offerRenewals } from '../renewal/offer-renewals.js';
import type { CloseStep } from './close-step.js';
import { inForceOn } from './rules-of-day.js';

/** Renewals that are offered on the next day; after the classes, which say who qualifies. They are planned here, and sent by jobs. */
export const offerRenewalsStep: CloseStep = {
  name: 'offer-renewals',
  take: async (tx, { tenantId, day }, now) => {
    const on = addDays(day, 1);
    const { loans, offered } = await offerRenewals(tx, { tenantId, on, rules: inForceOn(on) }, now);
    return loans > 0 ? { kind: 'worked', loans, changed: offered } : { kind: 'done' };
  },
};
