import { decisionOf } from './decision-policy.js';

test.each([
  ['SCORING', 'OFFERED', { outcome: 'approved', decider: 'engine' }],
  ['SCORING', 'REVIEW_SINGLE', { outcome: 'referred', decider: 'engine' }],
  ['CHECKING', 'REJECTED', { outcome: 'rejected', decider: 'engine' }],
  ['CHECKING', 'ENHANCED_REVIEW', { outcome: 'referred', decider: 'engine' }],
  ['REVIEW_SINGLE', 'OFFERED', { outcome: 'approved', decider: 'person' }],
  ['ENHANCED_REVIEW', 'REJECTED', { outcome: 'rejected', decider: 'person' }],
] as const)('%s → %s is a decision', (from, to, decision) => expect(decisionOf(from, to)).toEqual(decision));

test.each([
  ['CHECKING', 'SCORING'],
  ['CHECKING', 'CANCELLED'],
  ['REVIEW_SINGLE', 'REVIEW_SINGLE'],
  ['OFFERED', 'REJECTED'],
  ['DISBURSING', 'ACTIVE'],
] as const)('%s → %s decides nothing', (from, to) => expect(decisionOf(from, to)).toBeUndefined());
