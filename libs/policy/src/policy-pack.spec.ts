import { loadPolicyPack, policyPackByVersion } from './policy-pack.js';

test('R-LG-01: the pack of a licence is chosen by date, and found again by version', () => {
  const pack = loadPolicyPack('online_microloan', '2026-03-02');
  expect(pack.version).toBe('online_microloan.v0');
  expect(policyPackByVersion(pack.version)).toBe(pack);
});

test('a date before the first pack is refused', () => {
  expect(() => loadPolicyPack('online_microloan', '1999-01-01')).toThrow('no policy pack');
});

test('domain §4.1: deadlines and domain §4.5: authority are the handbook defaults', () => {
  const pack = loadPolicyPack('online_microloan', '2026-03-02');
  expect(pack.deadlines).toMatchObject({ verificationHours: 24, offerDays: 30, contractDays: 7 });
  expect(pack.approval).toMatchObject({ autoMaxMinor: '30000000', singleMaxMinor: '100000000', singleLowerGradeMaxMinor: '50000000' });
});
