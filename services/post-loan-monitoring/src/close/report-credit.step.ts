import { isMonthEnd } from '../credit-report/credit-report.js';
import { reportChanges } from '../credit-report/report-changes.js';
import { reportMonth } from '../credit-report/report-month.js';
import type { CloseStep } from './close-step.js';
import { inForceOn } from './rules-of-day.js';

/** What the credit bureau is told: at the end of a month of each loan, and on any day of those that have changed. It is planned here, and jobs tell it. */
export const reportCreditStep: CloseStep = {
  name: 'report-credit',
  endsTransaction: true,
  take: async (tx, { tenantId, day }, now) => {
    const month = isMonthEnd(day) ? await reportMonth(tx, tenantId, day, now) : ({ kind: 'done' } as const);
    if (month.kind !== 'done') return month;
    const leastLeadDays = Math.min(...inForceOn(day).map(({ creditReport }) => creditReport.noticeLeadDays));
    return reportChanges(tx, tenantId, day, leastLeadDays, now);
  },
};
