import type { Invariant } from './invariant.js';

const MONITORING = 'post-loan-monitoring';

/** What the close has posted in sums is held against every loan by itself, by the functions of the service that owns both. */
export const ACCRUAL_INVARIANT: Invariant = {
  name: 'accrual-adds-up',
  rule: 'What was posted of interest day by day, in sums, is what the loans have earned one by one.',
  check: async ({ installation }) => {
    const { bookDifferences } = await import('@millrace/post-loan-monitoring/verify-accrual');
    const differences = await bookDifferences({ query: async (sql, values) => ({ rows: await installation.rows(MONITORING, sql, values) }) });
    return differences.map(({ tenantId, what }) => ({ service: MONITORING, subject: tenantId, what }));
  },
};
