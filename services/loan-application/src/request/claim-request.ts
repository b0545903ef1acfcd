import { contentHash } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { idReused, type Principal } from '@millrace/service';

/** A client's write with the id that it made. */
export interface ClientRequest {
  /** Kind of write, e.g. `offer acceptance`; ids of different kinds never meet. */
  readonly resource: string;
  readonly requestId: string;
  readonly applicationId: string;
  readonly body: unknown;
}

/**
 * Claims a client-made id in the transaction of what it does: true where the write is new, false for a retry with the same content.
 * The caller has locked the application before: the new row refers to it, which takes a shared lock on it, and two transactions that both hold the
 * shared lock wait for each other when they ask for the exclusive one. Another content throws `ID_REUSED`; a refused write rolls the claim back, so that a corrected one may use the id.
 */
export async function claimRequest(
  tx: EventTransaction,
  principal: Principal,
  { resource, requestId, applicationId, body }: ClientRequest,
  now: Date,
): Promise<boolean> {
  const sha256 = contentHash({ applicationId, body });
  const scope = [principal.tenantId, principal.id, resource, requestId];
  const { rowCount } = await tx.query(
    `insert into client_request (tenant_id, principal_id, resource, request_id, content_sha256, application_id, requested_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [...scope, sha256, applicationId, now],
  );
  if (rowCount === 1) return true;
  const { rows } = await tx.query<{ content_sha256: string }>(
    `select content_sha256 from client_request where tenant_id = $1 and principal_id = $2 and resource = $3 and request_id = $4`,
    scope,
  );
  if (rows[0]?.content_sha256 !== sha256) throw idReused(resource);
  return false;
}
