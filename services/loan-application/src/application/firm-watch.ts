import type { EventTransaction } from '@millrace/messaging';
import type { Application } from './application.entity.js';

/** The one reason of a person that the firm itself may know, and that marks it: a suspicion marks nobody outside kyc-antifraud (R-LG-02). */
const MARKING = 'UNTRUE_INFO';

const MARK = 'insert into firm_watch (application_id, tenant_id, uscc, reason_code, marked_at) values ($1, $2, $3, $4, $5) on conflict do nothing';
const READ =
  'select reason_code as "reasonCode", marked_at as "markedAt" from firm_watch where tenant_id = $1 and uscc = $2 and application_id <> $3 order by marked_at desc limit 50';

/** Marks the firm of an application that a person has refused because it declared what is not true (R-AP-08, S03). */
export async function markFirm(
  tx: EventTransaction,
  { applicationId, tenantId, uscc }: Pick<Application, 'applicationId' | 'tenantId' | 'uscc'>,
  reasonCode: string,
  now: Date,
): Promise<void> {
  if (reasonCode === MARKING) await tx.query(MARK, [applicationId, tenantId, uscc, reasonCode, now]);
}

/** Marks that other applications have left on the firm of an application, the newest first. */
export async function readMarks(
  queries: Pick<EventTransaction, 'query'>,
  { applicationId, tenantId, uscc }: Pick<Application, 'applicationId' | 'tenantId' | 'uscc'>,
): Promise<{ reasonCode: string; markedAt: string }[]> {
  const { rows } = await queries.query<{ reasonCode: string; markedAt: Date }>(READ, [tenantId, uscc, applicationId]);
  return rows.map(({ reasonCode, markedAt }) => ({ reasonCode, markedAt: markedAt.toISOString() }));
}
