import { fateOf, holderOf } from './account-rules.js';

test('the last four digits decide, and a late callback only ever adds time', () => {
  expect(fateOf('123456789002')).toEqual({ status: 'refused', reason: 'NAME_MISMATCH', afterMs: 0 });
  expect(fateOf('123456789004', 10_000)).toEqual({ status: 'paid', reason: null, afterMs: 60_000 });
  expect(fateOf('123456789005', 90_000)).toEqual({ status: 'refused', reason: 'COMPLIANCE_REJECTED', afterMs: 90_000 });
  expect(fateOf('123456789006', 90_000)).toEqual({ status: null, reason: null, afterMs: null });
  expect(fateOf('123456789008')).toEqual({ status: 'paid', reason: null, afterMs: 0, returnedAfterMs: 86_400_000 });
  expect(fateOf('900100000000', 5)).toEqual({ status: 'paid', reason: null, afterMs: 5 });
});

test('SEC-9: the bank knows the holders of made firms, and says by the last four digits what it cannot confirm', () => {
  const asked = (accountNumber: string, holders: string[] = []): string => holderOf({ accountName: '样例 商贸', accountNumber }, holders);
  expect([asked('123456789001'), asked('123456789002', ['样例商贸']), asked('123456789007')]).toEqual(['account_not_found', 'mismatched', 'not_verifiable']);
  expect([asked('12345678'), asked('12345678', ['样例商贸']), asked('12345678', ['另一家', '样例商贸']), asked('12345678', ['另一家'])]).toEqual([
    'matched',
    'matched',
    'matched',
    'mismatched',
  ]);
});
