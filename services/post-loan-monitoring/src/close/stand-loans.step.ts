import type { CloseStep } from './close-step.js';
import { runBatch } from './run-batch.js';

const LEFT = `select count(*)::int as count from close_batch where tenant_id = $1 and day = $2 and done_at is null`;

/** Days past due, bucket, class and stage of the loans on which the end of the day changes something. */
export const standLoansStep: CloseStep = {
  name: 'stand-loans',
  take: async (tx, open, now) => {
    const outcome = await runBatch(tx, open, now);
    if (outcome.kind === 'done') return { kind: 'worked', loans: outcome.loans, changed: outcome.changed };
    if (outcome.kind === 'again') return { kind: 'wait' };
    const { rows } = await tx.query<{ count: number }>(LEFT, [open.tenantId, open.day]);
    return { kind: rows[0]!.count === 0 ? 'done' : 'wait' };
  },
};
