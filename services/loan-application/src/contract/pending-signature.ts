import type { EventTransaction } from '@millrace/messaging';
import { Problem } from '@millrace/service';

const PENDING = `select 1 from signature where contract_id = $1 and guarantor_id is not distinct from $2 and status = 'requested'`;

/**
 * Throws `SIGNATURE_PENDING` while a signature of the contract or of an addendum to it is asked for: what is signed must not change under it. Of a guarantor it is the
 * signature of its own contract.
 */
export async function refusePendingSignature(tx: EventTransaction, contractId: string | null, guarantorId: string | null = null): Promise<void> {
  const { rowCount } = await tx.query(PENDING, [contractId, guarantorId]);
  if (!rowCount) return;
  throw new Problem({
    status: 409,
    code: 'SIGNATURE_PENDING',
    title: 'A signature of this contract is under way.',
    detail: 'Wait for its outcome; its own id may be sent again.',
  });
}
