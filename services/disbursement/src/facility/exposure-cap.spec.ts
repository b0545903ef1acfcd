import { loadPolicyPack } from '@millrace/policy';
import { exposureCapMinor } from './exposure-cap.js';

test('G-ML-01, G-ML-03: net assets of 100m give 10m, by either limit', () => {
  expect(exposureCapMinor(loadPolicyPack('online_microloan', '2026-03-02').lender)).toBe(1_000_000_000n);
});

test('the lower of the two limits binds, and a share is cut to whole fen', () => {
  expect(exposureCapMinor({ priorYearNetAssetsMinor: '10000000000', singleBorrowerCapBps: 1_000, obligorCapMinor: '500' })).toBe(500n);
  expect(exposureCapMinor({ priorYearNetAssetsMinor: '99', singleBorrowerCapBps: 1_000, obligorCapMinor: '500' })).toBe(9n);
});
