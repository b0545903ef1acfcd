import { FacilityFrozen, FacilityUnfrozen, newId } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { v5 } from 'uuid';

/** Whose facilities are changed, and by which of its applications it was come to. */
export interface FirmOfApplication {
  readonly applicationId: string;
  readonly tenantId: string;
  readonly uscc: string;
}

/** What becomes of the facilities of a firm, and why. */
export interface FacilityChange {
  readonly facilityChangeId: string;
  readonly action: 'freeze' | 'unfreeze';
  readonly reasonCode: string;
  readonly comment: string | null;
}

/** Names the story of a firm at a lender, so that what happens to it is heard in order. */
const STORIES = '0c2f6f8e-58b4-4a0e-9a53-0d9a7f1f5a11';

const INSERT = `insert into facility_change (facility_change_id, tenant_id, uscc, action, application_id, reason_code, comment, actor_kind, actor_id, changed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** True while nothing may be paid to the firm of the application `a`, in SQL. */
export const IS_FROZEN = `coalesce((select f.action = 'freeze' from facility_change f where f.tenant_id = a.tenant_id and f.uscc = a.uscc order by f.position desc limit 1), false)`;

/** Keeps a change of a firm's facilities and tells disbursement, in the transaction that has decided it. */
export async function writeFacilityChange(
  tx: EventTransaction,
  { applicationId, tenantId, uscc }: FirmOfApplication,
  { facilityChangeId, action, reasonCode, comment }: FacilityChange,
  now: Date,
): Promise<void> {
  const { actor } = tx.context;
  await tx.query(INSERT, [facilityChangeId, tenantId, uscc, action, applicationId, reasonCode, comment, actor.kind, actor.id, now]);
  const storyId = v5(`${tenantId} ${uscc}`, STORIES);
  const told = { storyId, facilityChangeId, tenantId, uscc, reasonCode, changedAt: now.toISOString() };
  tx.emit(action === 'freeze' ? new FacilityFrozen({ ...told, applicationId }) : new FacilityUnfrozen(told));
}

/** The engine freezes a firm that a re-check has found something of; one that is frozen stays so, by its own change. */
export async function freezeFacility(tx: EventTransaction, firm: FirmOfApplication, reasonCode: string, now: Date): Promise<void> {
  const { rows } = await tx.query<{ frozen: boolean }>(`select ${IS_FROZEN} as frozen from application a where a.application_id = $1`, [firm.applicationId]);
  if (rows[0]?.frozen) return;
  await writeFacilityChange(tx, firm, { facilityChangeId: newId(), action: 'freeze', reasonCode, comment: null }, now);
}
