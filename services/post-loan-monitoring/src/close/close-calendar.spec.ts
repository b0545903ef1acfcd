import { lastClosableDay, lateSeconds } from './close-calendar.js';
import { turningDueDates } from './late-on.js';
import { inForceOn, rulesChangeOn } from './rules-of-day.js';

test.each([
  // 00:29 and 00:30 in Shanghai, which is 8 hours ahead of UTC.
  ['2026-03-02T16:29:00Z', '2026-03-01'],
  ['2026-03-02T16:30:00Z', '2026-03-02'],
  ['2026-03-03T15:59:00Z', '2026-03-02'],
])('M-RS-07: at %s the last day that can be closed is %s', (now, day) => {
  expect(lastClosableDay(new Date(now), '00:30')).toBe(day);
});

test.each([
  ['2026-03-02', '2026-03-03T16:29:00Z', 0],
  ['2026-03-02', '2026-03-03T16:30:00Z', 0],
  ['2026-03-02', '2026-03-03T16:31:00Z', 60],
  ['2026-03-01', '2026-03-03T16:31:00Z', 86_460],
  [null, '2026-03-03T16:31:00Z', 60],
])('closed through %s, the close is at %s late by %i seconds', (through, now, late) => {
  expect(lateSeconds(through, new Date(now), '00:30')).toBe(late);
});

test('the due dates that a day looks at are those which it makes late by a turn, and before a holiday all that it has moved', () => {
  const rules = inForceOn('2026-10-09');
  const { asDue, rolled } = turningDueDates(rules, '2026-10-09');
  expect(asDue).toContain('2026-10-08');
  expect(asDue).toHaveLength(10);
  // Work begins on 8 October: all that was due in the holidays is late by one day.
  expect(rolled.filter((due) => due > '2026-09-25').toSorted()).toEqual([
    '2026-10-01',
    '2026-10-02',
    '2026-10-03',
    '2026-10-04',
    '2026-10-05',
    '2026-10-06',
    '2026-10-07',
    '2026-10-08',
  ]);
  // Nothing that moves becomes late on a day after a day without business.
  expect(turningDueDates(rules, '2026-10-08').rolled.filter((due) => due > '2026-09-25')).toEqual([]);
});

test('a day on which no other rules begin to hold looks at turns alone', () => {
  expect(rulesChangeOn('2026-03-02')).toBe(false);
});
