import { approvalObstacle, isIndependent } from './review-policy.js';

test('S08, G-WC-11, R-UW-05: neither the maker nor the account manager decides', () => {
  const task = { makerId: 'anna', accountManagerId: 'ben', deciderIds: [] };
  expect([isIndependent('anna', task), isIndependent('ben', task), isIndependent('carla', task)]).toEqual([false, false, true]);
  expect(isIndependent('ben', { ...task, accountManagerId: null })).toBe(true);
});

test('R-DB-02, SEC-17: who decided one stage decides no other', () => {
  const task = { makerId: 'client-1', accountManagerId: null, deciderIds: ['olga', 'carla'] };
  expect([isIndependent('carla', task), isIndependent('olga', task), isIndependent('pavel', task)]).toEqual([false, false, true]);
});

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
