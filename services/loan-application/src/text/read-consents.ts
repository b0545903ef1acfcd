import type { ConsentType } from '@millrace/contracts';
import type { RecordedConsentAnswer } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import { originOf } from './consent-text-policy.js';
import { textOfHash } from './published-texts.js';

interface ConsentRow {
  readonly consentId: string;
  readonly type: ConsentType;
  readonly textVersion: string;
  readonly textSha256: string;
  readonly grantedAt: Date;
}

const READ = `
select consent_id as "consentId", type, text_version as "textVersion", text_sha256 as "textSha256", granted_at as "grantedAt"
from consent where application_id = $1 and guarantor_id is not distinct from $2 order by type`;

/** Consents of the applicant of an application, or of one of its guarantors, and whose words they were given to (R-LE-01). */
export async function readConsents(
  queries: Pick<EventTransaction, 'query'>,
  applicationId: string,
  guarantorId: string | null = null,
): Promise<RecordedConsentAnswer[]> {
  const { rows } = await queries.query<ConsentRow & Record<string, unknown>>(READ, [applicationId, guarantorId]);
  return rows.map((row) => ({
    ...row,
    grantedAt: row.grantedAt.toISOString(),
    textOrigin: originOf(row),
    textId: textOfHash(row.textSha256)?.textId ?? null,
  }));
}
