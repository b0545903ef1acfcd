import { addDays } from '@millrace/finance';
import { planNoticesOfDay } from '../notice/plan-day.js';
import type { CloseStep } from './close-step.js';
import { inForceOn } from './rules-of-day.js';

/** What borrowers and guarantors are told on the next day: reminders, messages and letters about arrears. They are planned here, and sent by jobs. */
export const remindStep: CloseStep = {
  name: 'remind',
  endsTransaction: true,
  take: (tx, { tenantId, day }, now) => planNoticesOfDay(tx, tenantId, day, inForceOn(addDays(day, 1)), now),
};
