import type { EventTransaction } from '@millrace/messaging';
import { obligorName } from './obligor-name.js';

const OBLIGORS = 'select distinct tenant_id as "tenantId", uscc from facility where loan_id = any($1::uuid[])';

/** Names of the obligors whose exposure changes with some loans. */
export async function obligorsOf(tx: Pick<EventTransaction, 'query'>, loanIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await tx.query<{ tenantId: string; uscc: string }>(OBLIGORS, [loanIds]);
  return rows.map(obligorName);
}
