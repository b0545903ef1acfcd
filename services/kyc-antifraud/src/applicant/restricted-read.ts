import type { Database, Principal } from '@millrace/service';

/** What is restricted: hits on lists, the person in the clear, and files that were uploaded. */
export type RestrictedContent = 'screening' | 'person' | 'evidence';

const LOG = 'insert into restricted_read (tenant_id, application_id, what, staff_id, request_id, at) values ($1, $2, $3, $4, $5, $6)';

/** Keeps who looks at what is restricted; to be awaited before anything is shown, so that nobody sees what is not on record. */
export async function logRestrictedRead(database: Database, principal: Principal, applicationId: string, what: RestrictedContent, at: Date): Promise<void> {
  await database.query(LOG, [principal.tenantId, applicationId, what, principal.id, principal.requestId, at]);
}
