import { Exact, percentOfBps, percentOfMinor, roundToMinor } from './rounding.js';

test.each([
  ['0.5', 1n],
  ['0.49999999999999999999999999', 0n],
  ['1.5', 2n],
  ['2.5', 3n],
  ['-0.5', -1n],
  ['-0.4', 0n],
  ['999999999999999999', 999_999_999_999_999_999n],
])('%s rounds to %s', (amount, expected) => {
  expect(roundToMinor(new Exact(amount))).toBe(expected);
});

test('a fee in per cent is rounded once', () => {
  expect(percentOfMinor(30_000_000n, '2.5')).toBe(750_000n);
  expect(percentOfMinor(333n, '1.5')).toBe(5n);
  expect(percentOfBps(635).toString()).toBe('6.35');
});
