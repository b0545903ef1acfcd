import type { DecidedVerification } from '@millrace/kyc-antifraud/repeat-verification';
import type { RoutedApplication } from '@millrace/loan-application/repeat-routing';
import { TableNotKept } from '@millrace/policy';
import type { StoredScore } from '@millrace/scoring/repeat-score';
import type { LendingService } from '@millrace/service';
import type { Finding, Invariant, VerifyContext } from './invariant.js';

const PAGE = 200;

/** The tries that were known when it was decided: one that ended later asked for nothing here. */
const VERIFICATIONS = `
select v.application_id as id, v.policy_version as "policyVersion", v.requested_at as "requestedAt", v.outcome, v.fraud_score as "fraudScore", v.findings, v.signals,
  v.table_hashes as "tableHashes",
  (select coalesce(array_agg(o.requested_at), '{}') from verification o join applicant_record b using (applicant_record_id) where o.uscc = v.uscc and o.identity_unproven
    and o.application_id <> v.application_id and o.requested_at <= v.requested_at and o.completed_at <= v.completed_at
    and b.tenant_id = a.tenant_id and b.partner_id = a.partner_id) as "unprovenAt"
from verification v join applicant_record a using (applicant_record_id)
where v.application_id > $1 and v.outcome is not null and v.signals is not null order by v.application_id limit $2`;

/** The last step that the score of an application made; steps of before the matrix had a hash name none and are left out. */
const ROUTINGS = `
select a.application_id as id, a.application_id as "applicationId", a.policy_version as "policyVersion", a.requested_amount_minor as "requestedAmountMinor",
  a.tenor_months as "tenorMonths", a.repayment_method as "repaymentMethod", a.product_terms as "productTerms", a.verification, a.score,
  json_build_object('trigger', h.trigger, 'reason', h.reason, 'tier', h.evidence ->> 'tier', 'matrixSha256', h.evidence ->> 'matrixSha256') as step
from application a join lateral (
  select trigger, reason, evidence from application_history h where h.application_id = a.application_id and h.effect in ('moved', 'recorded')
    and h.evidence ->> 'scoreId' = a.score ->> 'scoreId' and h.evidence ? 'matrixSha256' order by h.seq desc limit 1
) h on true
where a.application_id > $1 order by a.application_id limit $2`;

const SCORES = 'select score_id as id, inputs_sha256, inputs, result from score where score_id > $1 order by score_id limit $2';

type Row<T> = T & Record<string, unknown> & { readonly id: string };

/**
 * Every decision can be made again from what was stored with it (R-IT-04): by the release of the policy, the versions of the tables and the scorecard that
 * it names, and never by those of today. A version that is not there any more is told by its name.
 */
export const REPEAT_INVARIANT: Invariant = {
  name: 'decisions-repeat',
  rule: 'Every verification, score and routing comes out again as it was stored, by the versions that it names.',
  check: async (context) => {
    const [{ verificationDifferences }, { repeatScore }, { routingDifferences }] = await Promise.all([
      import('@millrace/kyc-antifraud/repeat-verification'),
      import('@millrace/scoring/repeat-score'),
      import('@millrace/loan-application/repeat-routing'),
    ]);
    const found = await Promise.all([
      repeat<DecidedVerification>(context, 'kyc-antifraud', VERIFICATIONS, 'verification', verificationDifferences),
      repeat<StoredScore>(context, 'scoring', SCORES, 'score', (row) => namedScorecard(row, repeatScore(row).differences)),
      repeat<RoutedApplication>(context, 'loan-application', ROUTINGS, 'routing', routingDifferences),
    ]);
    return found.flat();
  },
};

function namedScorecard({ inputs }: StoredScore, differences: readonly string[]): readonly string[] {
  return differences.map((part) => (part === 'scorecard' ? `scorecard ${inputs.scorecard.id} with the hash ${inputs.scorecard.sha256}` : part));
}

async function repeat<T>(
  { installation }: VerifyContext,
  service: LendingService,
  sql: string,
  decision: string,
  differencesOf: (row: T) => readonly string[] | Promise<readonly string[]>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const rows of installation.pages<Row<T>>(service, sql, ({ id }) => id, [PAGE]))
    for (const row of rows) {
      const what = await faultOf(decision, () => differencesOf(row));
      if (what !== undefined) findings.push({ service, subject: row.id, what });
    }
  return findings;
}

async function faultOf(decision: string, differencesOf: () => readonly string[] | Promise<readonly string[]>): Promise<string | undefined> {
  try {
    const differences = await differencesOf();
    return differences.length === 0 ? undefined : `has a ${decision} that does not come out again: ${differences.join(', ')}`;
  } catch (error) {
    // Of a version that was never kept there is nothing to hold the decision against.
    if (error instanceof TableNotKept) return undefined;
    return `has a ${decision} that cannot be made again: ${(error as Error).message}`;
  }
}
