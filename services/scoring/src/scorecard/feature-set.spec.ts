import { policyOf } from '@millrace/policy';
import { isScoringPolicy } from '../score/policy-hash.js';
import { featureSetOf, scorecardFor } from './feature-set.js';
import { loadScorecard } from './load-scorecard.js';

test('R-TC-03: an application whose invoices were verified by the rules of v1 keeps the features and the card of v1; every other gets those of v2', () => {
  const configured = loadScorecard('sme-invoice-v2');
  expect(scorecardFor({}, configured).id).toBe('sme-invoice-v1');
  expect(scorecardFor({ asOf: '2026-03-02' }, configured).id).toBe('sme-invoice-v2');
  expect(scorecardFor(null, configured).id).toBe('sme-invoice-v2');
  expect(scorecardFor({}, loadScorecard('scenario-v0')).id).toBe('scenario-v0');
  expect(['sme-invoice-v1', 'sme-invoice-v2'].map((id) => featureSetOf({ id }))).toEqual([1, 2]);
});

test('R-IT-04: a score that was stored before releases had one hash is still of its release, and of no other', () => {
  const policy = policyOf('online_microloan.v0');
  expect(isScoringPolicy(policy, 'ae4ce74c021cb069bd9791ed20580515c3775fefe273db9dfad7918801b6fcda')).toBe(true);
  expect(isScoringPolicy(policy, '3b211d25453440d526cf97034a6ae1bedf76be4717b9d06e0043a81d20a99c28')).toBe(true);
  expect(isScoringPolicy(policy, policy.sha256)).toBe(true);
  expect(isScoringPolicy(policy, '0'.repeat(64))).toBe(false);
  expect(isScoringPolicy(policyOf('bank.v0'), policy.sha256)).toBe(false);
});
