import type { RecordedConsentAnswer } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import { readGuarantors } from '../guarantor/read-guarantors.js';
import { readConsents } from '../text/read-consents.js';
import type { AskedConsents } from './application-change.js';

/** What a source may be asked under: what was withdrawn meanwhile is not handed on. */
const asked = (consents: readonly RecordedConsentAnswer[]): AskedConsents['consents'] =>
  consents.flatMap(({ consentId, type, grantedAt, withdrawnAt }) => (withdrawnAt === null ? [{ consentId, type, grantedAt }] : []));

/** The consents of an application and of its guarantors as they are stored, for checks that are asked for after the submission. */
export async function readAskedConsents(tx: EventTransaction, applicationId: string): Promise<AskedConsents> {
  const guarantors: NonNullable<AskedConsents['guarantors']>[number][] = [];
  const consents = await readConsents(tx, applicationId);
  for (const { guarantorId, guarantorRecordId } of await readGuarantors(tx, applicationId))
    guarantors.push({ guarantorId, guarantorRecordId, consents: asked(await readConsents(tx, applicationId, guarantorId)) });
  return { consents: asked(consents), guarantors };
}
