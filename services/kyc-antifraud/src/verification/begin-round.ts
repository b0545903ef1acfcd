import type { KycRequested } from '@millrace/contracts';
import type { EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { WATCHDOG_MS } from './resume-policy.js';

/** Sources that are asked again in a further round: a person is proven once, and each look into a bureau leaves a trace there. */
export const ASKED_EVERY_ROUND = ['registry', 'tax', 'invoices', 'courts', 'watchlist'] as const;

const KEEP = `insert into verification_round (application_id, round, declared_revenue_minor, requested_at, outcome, fraud_score, findings, signals, table_hashes, facts, completed_at)
  select application_id, round, declared_revenue_minor, coalesce(round_requested_at, requested_at), outcome, fraud_score, findings, signals, table_hashes, facts, completed_at
  from verification where application_id = $1 and round < $2 and outcome is not null`;

/** Without their ids the sources are asked under new ones: under the old ones they would say what they have said. */
const BEGIN = `update verification set round = $2, declared_revenue_minor = $3, company_name_sha256 = $4, causation_id = $5, traceparent = $6, round_requested_at = $7, next_attempt_at = $8,
  query_ids = query_ids - $9::text[], attempts = 0, outcome = null, fraud_score = null, findings = null, signals = null, table_hashes = null, facts = null, completed_at = null, identity_unproven = false
  where application_id = $1 and round < $2`;

/** Verifies a firm again, with what it has mended; what the round before has decided is kept. A round that came already is not begun again. False where nothing was verified before. */
export async function beginRound(tx: EventTransaction, event: ReceivedEvent<KycRequested>, now: Date): Promise<boolean> {
  const { applicationId, round, declaredRevenueMinor, companyNameSha256 } = event.payload;
  await tx.query(KEEP, [applicationId, round]);
  const { rowCount } = await tx.query(BEGIN, [
    applicationId,
    round,
    declaredRevenueMinor,
    companyNameSha256 ?? null,
    event.id,
    event.traceparent ?? null,
    event.occurredAt,
    new Date(now.getTime() + WATCHDOG_MS),
    ASKED_EVERY_ROUND,
  ]);
  if (rowCount) tx.addJob('verify_firm', { applicationId }, { jobKey: applicationId });
  return rowCount === 1 || (await tx.query('select 1 from verification where application_id = $1', [applicationId])).rowCount === 1;
}
