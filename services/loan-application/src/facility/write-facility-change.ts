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

/** Changes of one firm are made one after the other, by whichever of its applications; to be taken before the firm is asked for and the time is read. */
export async function lockFacility(tx: EventTransaction, { tenantId, uscc }: Pick<FirmOfApplication, 'tenantId' | 'uscc'>): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`facility ${tenantId} ${uscc}`]);
}

/** The last change of a firm was this one already: an application that looks again says nothing new. */
const IS_SAID = `select 1 from (select application_id, action, reason_code from facility_change where tenant_id = $1 and uscc = $2 order by position desc limit 1) f
  where f.action = 'freeze' and f.application_id = $3 and f.reason_code = $4`;

/** The engine freezes a firm that a re-check has found something of; one that is frozen for another reason gets this one too, so that whoever lifts it sees both. */
export async function freezeFacility(tx: EventTransaction, firm: FirmOfApplication, reasonCode: string, now: Date): Promise<void> {
  await lockFacility(tx, firm);
  const { rows } = await tx.query(IS_SAID, [firm.tenantId, firm.uscc, firm.applicationId, reasonCode]);
  if (rows.length > 0) return;
  await writeFacilityChange(tx, firm, { facilityChangeId: newId(), action: 'freeze', reasonCode, comment: null }, now);
}
