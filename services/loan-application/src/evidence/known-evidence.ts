import type { EventTransaction } from '@millrace/messaging';

/**
 * Ids among those given that are not files of the application, each once, in the order given; empty where all are. A command that names evidence asks this
 * under the lock of its application, and refuses what names something else.
 */
export async function unknownEvidence(tx: EventTransaction, applicationId: string, evidenceIds: readonly string[]): Promise<string[]> {
  if (evidenceIds.length === 0) return [];
  const { rows } = await tx.query<{ evidence_id: string }>('select evidence_id from evidence_file where application_id = $1 and evidence_id = any($2)', [
    applicationId,
    evidenceIds,
  ]);
  const known = new Set(rows.map(({ evidence_id: id }) => id));
  return [...new Set(evidenceIds)].filter((id) => !known.has(id.toLowerCase()));
}
