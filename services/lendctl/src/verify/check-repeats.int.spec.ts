import { contentHash, newId } from '@millrace/contracts';
import { policyOf } from '@millrace/policy';
import { evaluateFirm } from '@millrace/scoring/evaluate-firm';
import { loadScorecard } from '@millrace/scoring/load-scorecard';
import { LENDING_SERVICES, loadService } from '@millrace/service';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { soundLoan } from '../../test/sound-loan.js';
import { STORED_CASE } from '../../test/stored-case.js';
import { partsInPlace } from '../policy/parts-in-place.js';
import type { VerifiedInvariant } from './invariant.js';

// Goal: a stored decision is made again by the versions that it names, and the one that is missing is told. Method: each of the three decisions is written as
// its service stores it, and then damaged as only an administrator can.
let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open(await Promise.all(LENDING_SERVICES.map(loadService)));
}, 60_000);
afterAll(() => installation.close());

const AT = new Date('2026-03-01T01:00:00Z');
const MISSING = 'e'.repeat(64);
const PARTS = partsInPlace();
const HASHES = { knockOuts: PARTS['kyc-antifraud/tables/knock-outs'], fraudRules: PARTS['kyc-antifraud/tables/fraud-rules'] };
const POLICY = 'online_microloan.v0';

async function insert(schema: string, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row);
  await installation.sql(
    schema,
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(row),
  );
}

async function repeatedOf(subject: string): Promise<string[]> {
  const { out } = await installation.lendctl('verify', '--json');
  const { invariants } = JSON.parse(out) as { invariants: VerifiedInvariant[] };
  return invariants
    .find(({ name }) => name === 'decisions-repeat')!
    .findings.filter((finding) => finding.subject === subject)
    .map(({ what }) => what);
}

/** A firm of eleven months: one amber rule fires. */
async function storedVerification(): Promise<string> {
  const [applicationId, recordId] = [newId(), newId()];
  await insert('kyc_antifraud', 'applicant_record', {
    ...{ applicant_record_id: recordId, application_id: applicationId, tenant_id: 't1', partner_id: 'p1', content_index: 'c', name_encrypted: 'n' },
    ...{ id_number_encrypted: 'i', id_number_index: 'i', mobile_encrypted: 'm', mobile_index: 'm', recorded_at: AT },
  });
  await insert('kyc_antifraud', 'verification', {
    ...{ application_id: applicationId, applicant_record_id: recordId, uscc: 'U', requested_amount_minor: '30000000', declared_revenue_minor: '1' },
    ...{ policy_version: POLICY, consents: '[]', query_ids: '{}', mobile_index: 'm', causation_id: newId(), requested_at: AT, completed_at: AT },
    ...{ outcome: 'pass', fraud_score: 100, findings: JSON.stringify([{ code: 'FIRM_YOUNG', severity: 'amber', observed: '11 months' }]) },
    ...{ signals: JSON.stringify({ monthsInBusiness: 11 }), table_hashes: JSON.stringify(HASHES) },
  });
  return applicationId;
}

test('R-IT-04: a verification comes out again by the tables that it names; another outcome and a missing version are told', async () => {
  const applicationId = await storedVerification();
  expect(await repeatedOf(applicationId)).toEqual([]);
  const change = (set: string, ...values: unknown[]) =>
    installation.sql('kyc_antifraud', `update verification set ${set} where application_id = $1`, [applicationId, ...values]);
  await change(`signals = '{"monthsInBusiness": 12}'`);
  expect(await repeatedOf(applicationId)).toEqual(['has a verification that does not come out again: fraudScore, findings']);
  await change('table_hashes = $2', JSON.stringify({ ...HASHES, fraudRules: MISSING }));
  expect(await repeatedOf(applicationId)).toEqual([
    `has a verification that cannot be made again: fraud-rules has no version with the hash ${MISSING}; put it back as released/fraud-rules.eeeeeeeeeeee.json`,
  ]);
});

test('R-IT-04: a score comes out again by its scorecard, and one whose scorecard is another is told with its name', async () => {
  const scoreId = newId();
  const result = evaluateFirm(STORED_CASE, loadScorecard('scenario-v0'), policyOf(POLICY));
  await insert('scoring', 'score', {
    ...{ score_id: scoreId, application_id: newId(), purpose: 'decision', score: result.score, grade: result.grade, scorecard_id: 'scenario-v0' },
    ...{ scorecard_sha256: STORED_CASE.scorecard.sha256, policy_version: POLICY, inputs_sha256: contentHash(STORED_CASE), inputs: JSON.stringify(STORED_CASE) },
    ...{ result: JSON.stringify(result), computed_at: AT },
  });
  expect(await repeatedOf(scoreId)).toEqual([]);
  const other = { ...STORED_CASE, scorecard: { id: 'scenario-v0', sha256: MISSING } };
  await installation.sql('scoring', 'update score set inputs = $2, inputs_sha256 = $3 where score_id = $1', [
    scoreId,
    JSON.stringify(other),
    contentHash(other),
  ]);
  expect(await repeatedOf(scoreId)).toEqual([`has a score that does not come out again: scorecard scenario-v0 with the hash ${MISSING}`]);
});

test('R-IT-04: a routing comes out again by the matrix that its step names; another amount and a missing version are told', async () => {
  const { applicationId } = await soundLoan(installation);
  const scoreId = newId();
  const score = { scoreId, score: 700, grade: 'R4', riskIndex: 72, limitMinor: '32000000', bindingCap: 'dscr', rateBps: 635, reasons: [], scoredAt: AT };
  const facts = { bureauRecordFound: true, bureauClean: true, ownerBureauClean: true, lenderCount: 2, taxClass: 'B' };
  const terms = { minAmountMinor: '1000000', maxAmountMinor: '300000000', dayCount: 'periodic', fees: [] };
  const change = (set: string, ...values: unknown[]) =>
    installation.sql('loan_application', `update application set ${set} where application_id = $1`, [applicationId, ...values]);
  const verification = { outcome: 'passed', fraudScore: 100, findings: [], facts };
  await change('score = $2, verification = $3, product_terms = $4', JSON.stringify(score), JSON.stringify(verification), JSON.stringify(terms));
  const step = (matrixSha256: string | undefined) =>
    installation.sql(
      'loan_application',
      `update application_history set trigger = 'ScoredApprove', reason = 'APPROVED_BY_ENGINE', evidence = $2 where application_id = $1 and seq = 1`,
      [applicationId, JSON.stringify({ scoreId, tier: 'T0', matrixSha256 })],
    );
  await step(PARTS['loan-application/tables/approval-matrix']);
  expect(await repeatedOf(applicationId)).toEqual([]);
  await change('requested_amount_minor = 31000000');
  expect(await repeatedOf(applicationId)).toEqual(['has a routing that does not come out again: trigger, reason, tier']);
  await step(MISSING);
  expect(await repeatedOf(applicationId)).toEqual([
    `has a routing that cannot be made again: approval-matrix has no version with the hash ${MISSING}; put it back as released/approval-matrix.eeeeeeeeeeee.json`,
  ]);
});
