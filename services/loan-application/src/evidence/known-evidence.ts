import type { EventTransaction } from '@millrace/messaging';
import { Problem } from '@millrace/service';

/**
 * Ids among those given that are not files of the application, each once, in the order given; empty where all are. A command that names evidence asks this
 * under the lock of its application.
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

/** Refuses a command that names evidence which is none of its application. Throws `EVIDENCE_UNKNOWN`. */
export async function refuseUnknownEvidence(tx: EventTransaction, applicationId: string, evidenceIds: readonly string[]): Promise<void> {
  const unknown = await unknownEvidence(tx, applicationId, evidenceIds);
  if (unknown.length === 0) return;
  const detail = `No files of the application: ${unknown.join(', ')}. Upload them first: PUT …/evidence/{evidenceId}.`;
  throw new Problem({
    status: 422,
    code: 'EVIDENCE_UNKNOWN',
    title: 'Evidence is named that the application does not have.',
    detail,
    errors: [{ field: 'evidenceIds', message: detail }],
  });
}
