import { EVENT_NAMESPACE } from './event-names.js';
import type { EventVisibility } from './event.js';
import { TOPICS } from './topics.js';

/** What every event about one loan of post-loan-monitoring has in common. */
export const ofLoan = (type: string, summary: string, visibleTo: EventVisibility = 'nobody') => ({
  type: `${EVENT_NAMESPACE}.post-loan-monitoring.${type}`,
  producer: 'post-loan-monitoring',
  version: 1,
  topic: TOPICS.postLoanMonitoring,
  keyField: 'loanId' as const,
  summary,
  visibleTo,
});
