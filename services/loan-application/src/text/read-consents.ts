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
  readonly withdrawnAt: Date | null;
}

const READ = `
select c.consent_id as "consentId", c.type, c.text_version as "textVersion", c.text_sha256 as "textSha256", c.granted_at as "grantedAt", w.withdrawn_at as "withdrawnAt"
from consent c left join consent_withdrawal w using (consent_id) where c.application_id = $1 and c.guarantor_id is not distinct from $2 order by c.type`;

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
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
    textOrigin: originOf(row),
    textId: textOfHash(row.textSha256)?.textId ?? null,
  }));
}
