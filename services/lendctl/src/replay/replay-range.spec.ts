import { boundText, clampRange, endsBeforeItBegins, parseBound } from './replay-range.js';

test.each([
  ['0', { offset: 0n }],
  ['123456789012', { offset: 123456789012n }],
  ['2026-03-02T09:00:00+08:00', { time: new Date('2026-03-02T01:00:00Z') }],
  ['2026-03-02T01:00Z', { time: new Date('2026-03-02T01:00:00Z') }],
  ['2026-03-02T01:00:00.250Z', { time: new Date('2026-03-02T01:00:00.250Z') }],
])('%s is understood', (text, bound) => {
  expect(parseBound(text)).toEqual(bound);
});

test.each(['', 'yesterday', '2026-03-02', '2026-03-02T09:00:00', '2026-13-02T09:00:00Z', '-1', '1.5', '12a', '1'.repeat(19)])(
  '"%s" is refused instead of guessed',
  (text) => {
    expect(parseBound(text)).toBeUndefined();
  },
);

test('a bound is said as it was meant', () => {
  expect([boundText({ offset: 7n }), boundText({ time: new Date(0) })]).toEqual(['offset 7', '1970-01-01T00:00:00.000Z']);
});

test('a range ends within what the partition holds, and is empty rather than backwards', () => {
  const range = { topic: 't', partition: 0, from: 0n, to: 1_000n };
  expect(clampRange(range, { earliest: 3n, next: 10n })).toEqual({ ...range, from: 3n, to: 10n });
  expect(clampRange({ ...range, from: 20n, to: 5n }, { earliest: 0n, next: 10n })).toEqual({ ...range, from: 20n, to: 20n });
});

test.each([
  [{ offset: 5n }, { offset: 4n }, true],
  [{ offset: 5n }, { offset: 5n }, false],
  [{ offset: 5n }, undefined, false],
  [{ time: new Date(5) }, { time: new Date(4) }, true],
  [{ time: new Date(5) }, { time: new Date(5) }, false],
  [{ time: new Date(5) }, { offset: 0n }, false],
  [{ offset: 5n }, { time: new Date(0) }, false],
])('from %j to %j ends before it begins: %s', (from, to, backwards) => {
  expect(endsBeforeItBegins(from, to)).toBe(backwards);
});
