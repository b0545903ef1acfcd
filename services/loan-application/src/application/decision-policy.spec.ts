import { decisionOf } from './decision-policy.js';

test.each([
  ['SCORING', 'OFFERED', { outcome: 'approved', by: 'engine' }],
  ['SCORING', 'REVIEW_SINGLE', { outcome: 'referred', by: 'engine' }],
  ['CHECKING', 'REJECTED', { outcome: 'rejected', by: 'engine' }],
  ['CHECKING', 'ENHANCED_REVIEW', { outcome: 'referred', by: 'engine' }],
  ['REVIEW_SINGLE', 'OFFERED', { outcome: 'approved', by: 'person' }],
  ['ENHANCED_REVIEW', 'REJECTED', { outcome: 'rejected', by: 'person' }],
] as const)('%s → %s is a decision', (from, to, decision) => expect(decisionOf(from, to)).toEqual(decision));

test.each([
  ['CHECKING', 'SCORING'],
  ['CHECKING', 'CANCELLED'],
  ['REVIEW_SINGLE', 'REVIEW_SINGLE'],
  ['OFFERED', 'REJECTED'],
  ['DISBURSING', 'ACTIVE'],
] as const)('%s → %s decides nothing', (from, to) => expect(decisionOf(from, to)).toBeUndefined());
