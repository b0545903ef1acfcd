import { isLastTry } from './retry-policy.js';

const ASKED = new Date('2026-03-02T01:00:00Z');
const after = (hours: number): Date => new Date(ASKED.getTime() + hours * 3_600_000);
const DEADLINES = { scoringHours: 24 };

test('S06: a provider that is away is waited for until an hour before the hub gives up', () => {
  expect([0, 6, 22.9, 23, 30].map((hours) => isLastTry(ASKED, 0, after(hours), DEADLINES))).toEqual([false, false, false, true, true]);
});

test('a batch that is not usable is tried three times', () => {
  expect([1, 2, 3].map((tries) => isLastTry(ASKED, tries, after(0), DEADLINES))).toEqual([false, false, true]);
});

test('a deadline of one hour leaves one try', () => {
  expect(isLastTry(ASKED, 0, ASKED, { scoringHours: 1 })).toBe(true);
});
