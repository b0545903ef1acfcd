import { materialMonthMinor, usualMonthMinor } from './material-months.js';
import { lastFullMonthBefore } from './trailing-months.js';

test('F08: months of a fen, however many, do not move the usual month; red months and none at all are no usual month', () => {
  const months = [80_000n, 70_000n, 90_000n];
  expect(usualMonthMinor(months)).toBe(80_000n);
  expect(usualMonthMinor([...months, ...Array.from({ length: 500 }, () => 1n)])).toBe(80_000n);
  expect(usualMonthMinor([])).toBe(0n);
  expect(usualMonthMinor([-5n, 0n])).toBe(0n);
});

test('F08: a month counts from its share of the usual month on, and never with nothing', () => {
  expect(materialMonthMinor([80_000n, 70_000n, 90_000n], 100)).toBe(800n);
  expect(materialMonthMinor([], 100)).toBe(1n);
  expect(materialMonthMinor([50n], 100)).toBe(1n);
});

test('the reference month is the last full one', () => {
  expect(['2026-03-02', '2026-03-31', '2026-01-01'].map(lastFullMonthBefore)).toEqual(['2026-02', '2026-02', '2025-12']);
});
