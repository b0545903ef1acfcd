import { policyPackByVersion } from '@millrace/policy';
import { isScoringPolicy, scoringPolicySha256 } from '../score/policy-hash.js';
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

test('a score that was stored under the pack before keys were added to it is still of that pack, and of no other', () => {
  const pack = policyPackByVersion('online_microloan.v0');
  expect(isScoringPolicy(pack, 'ae4ce74c021cb069bd9791ed20580515c3775fefe273db9dfad7918801b6fcda')).toBe(true);
  expect(isScoringPolicy(pack, scoringPolicySha256(pack))).toBe(true);
  expect(isScoringPolicy(pack, '0'.repeat(64))).toBe(false);
  const deadlines = { ...pack, deadlines: { ...pack.deadlines, offerDays: 31 } };
  expect(scoringPolicySha256(deadlines)).toBe(scoringPolicySha256(pack));
});
