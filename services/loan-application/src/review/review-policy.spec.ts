import { approvalObstacle } from './review-policy.js';

test.each([
  ['approval', 'T1', true, true, false, undefined],
  ['approval', 'T1', true, false, false, 'SCORE_MISSING'],
  ['approval', 'T2', true, true, false, 'TIER_NOT_AVAILABLE'],
  ['approval', 'T3', true, true, false, 'TIER_NOT_AVAILABLE'],
  ['verification', 'T1', false, false, false, 'VERIFICATION_INCOMPLETE'],
  ['verification', 'T1', true, false, false, undefined],
  ['disbursement', 'T1', true, true, false, undefined],
  ['disbursement', 'T1', true, true, true, 'ACCOUNT_REFUSED'],
] as const)('R-UW-05, T18: %s %s, facts %s, score %s, account refused %s: %s', (stage, tier, hasFacts, hasScore, isAccountRefused, code) => {
  expect(approvalObstacle({ stage, tier, hasFacts, hasScore, isAccountRefused })?.code).toBe(code);
});
