import type { EventTransaction } from '@millrace/messaging';
import type { Submission } from './application-change.js';
import type { Application } from './application.entity.js';
import type { HistoryRow } from './history-chain.js';

/** Application, consents and first history row in one statement; nothing at all where the application is there already. */
const INSERT = `
with made as (
  insert into application select * from jsonb_populate_record(null::application, $1) on conflict do nothing returning application_id
), agreed as (
  insert into consent select row.* from jsonb_populate_recordset(null::consent, $2) as row, made
)
insert into application_history select row.* from jsonb_populate_record(null::application_history, $3) as row, made returning application_id`;

/** Writes a new application; false where a unique index refuses it. */
export async function insertApplication(
  tx: EventTransaction,
  columns: readonly { readonly databaseName: string; readonly propertyName: string }[],
  application: Application,
  { consents }: Submission,
  history: HistoryRow & { readonly prevSha256: string; readonly rowSha256: string },
): Promise<boolean> {
  const { applicationId, submittedAt } = application;
  const row = Object.fromEntries(columns.map(({ databaseName, propertyName }) => [databaseName, application[propertyName as keyof Application]]));
  // In one order, so that two submissions that name the same consents cannot wait for each other.
  const inOrder = [...consents].sort((one, other) => (one.consentId < other.consentId ? -1 : 1));
  const consentRows = inOrder.map((consent) => ({
    consent_id: consent.consentId,
    application_id: applicationId,
    type: consent.type,
    text_version: consent.textVersion,
    text_sha256: consent.textSha256,
    granted_at: consent.grantedAt,
    recorded_at: submittedAt,
  }));
  const historyRow = {
    application_id: applicationId,
    seq: history.seq,
    trigger: history.trigger,
    effect: history.effect,
    status_from: history.statusFrom,
    status_to: history.statusTo,
    actor_kind: history.actor.kind,
    actor_id: history.actor.id,
    reason: history.reason,
    evidence: history.evidence,
    causation_id: history.causationId,
    at: history.at,
    prev_sha256: history.prevSha256,
    row_sha256: history.rowSha256,
  };
  const { rowCount } = await tx.query(INSERT, [JSON.stringify(row), JSON.stringify(consentRows), JSON.stringify(historyRow)]);
  return rowCount === 1;
}
