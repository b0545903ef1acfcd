import { fateOf } from './account-rules.js';

test('the last four digits decide, and a late callback only ever adds time', () => {
  expect(fateOf('123456789002')).toEqual({ status: 'refused', reason: 'NAME_MISMATCH', afterMs: 0 });
  expect(fateOf('123456789004', 10_000)).toEqual({ status: 'paid', reason: null, afterMs: 60_000 });
  expect(fateOf('123456789005', 90_000)).toEqual({ status: 'refused', reason: 'COMPLIANCE_REJECTED', afterMs: 90_000 });
  expect(fateOf('123456789006', 90_000)).toEqual({ status: null, reason: null, afterMs: null });
  expect(fateOf('900100000000', 5)).toEqual({ status: 'paid', reason: null, afterMs: 5 });
});
