import { progressLine } from './progress.js';

test('progress says how much of what, how fast, and how long still', () => {
  expect(progressLine('timeline', 12_000, 48_000, 6_000)).toBe('timeline: 12,000 of 48,000 records, 6,000/s, 6 s left');
  expect(progressLine('timeline', 0, 10, 0)).toBe('timeline: 0 of 10 records, 0/s');
});
