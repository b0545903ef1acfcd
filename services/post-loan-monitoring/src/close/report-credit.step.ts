import { isMonthEnd } from '../credit-report/credit-report.js';
import { reportMonth } from '../credit-report/report-month.js';
import type { CloseStep } from './close-step.js';

/** At the end of a month, what the credit bureau is told of each loan; it is planned here, and jobs tell it. */
export const reportCreditStep: CloseStep = {
  name: 'report-credit',
  take: async (tx, { tenantId, day }, now) => (isMonthEnd(day) ? reportMonth(tx, tenantId, day, now) : { kind: 'done' }),
};
