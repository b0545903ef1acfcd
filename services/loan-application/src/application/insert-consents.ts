import type { InsertedBeside } from '@millrace/process';
import type { Submission } from './application-change.js';
import type { Application } from './application.entity.js';

/** The consents of a submission, those of its guarantors among them, inserted in the statement that makes the application. */
export function insertConsents(
  { applicationId, submittedAt }: Pick<Application, 'applicationId' | 'submittedAt'>,
  { consents, guarantors = [] }: Submission,
): InsertedBeside {
  // In one order, so that two submissions that name the same consents cannot wait for each other.
  const given = [
    ...consents.map((consent) => ({ ...consent, guarantorId: null })),
    ...guarantors.flatMap(({ guarantorId, consents: own }) => own.map((consent) => ({ ...consent, guarantorId }))),
  ];
  const inOrder = given.sort((one, other) => (one.consentId < other.consentId ? -1 : 1));
  const rows = inOrder.map((consent) => ({
    consent_id: consent.consentId,
    application_id: applicationId,
    guarantor_id: consent.guarantorId,
    type: consent.type,
    text_version: consent.textVersion,
    text_sha256: consent.textSha256,
    granted_at: consent.grantedAt,
    recorded_at: submittedAt,
  }));
  return {
    sql: (parameter) => `insert into consent select row.* from jsonb_populate_recordset(null::consent, ${parameter}) as row, made`,
    value: JSON.stringify(rows),
  };
}
