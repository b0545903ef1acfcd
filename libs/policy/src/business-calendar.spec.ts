import { addBusinessDays, isBusinessDay, readCalendarYear, yearsWithoutCalendar } from './business-calendar.js';

const day = (instant: Date): string => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

// Goal (F13): a deadline in business days counts what the State Council published, not Monday to Friday.
test.each([
  ['2026-09-30T10:00+08:00', 5, '2026-10-13'],
  ['2026-02-13T10:00+08:00', 5, '2026-02-27'],
  ['2026-04-30T10:00+08:00', 5, '2026-05-11'],
  ['2026-09-18T10:00+08:00', 5, '2026-09-24'],
  // From a holiday, from a make-up Saturday, late in the evening, over the turn of a year, over a holiday of another year, and not at all.
  ['2026-10-03T10:00+08:00', 1, '2026-10-08'],
  ['2026-02-14T10:00+08:00', 1, '2026-02-24'],
  ['2026-09-30T23:59+08:00', 1, '2026-10-08'],
  ['2025-12-31T10:00+08:00', 2, '2026-01-05'],
  ['2025-01-24T10:00+08:00', 3, '2025-02-05'],
  ['2025-01-27T10:00+08:00', 1, '2025-02-05'],
  ['2024-09-13T10:00+08:00', 2, '2024-09-18'],
  ['2024-02-09T10:00+08:00', 2, '2024-02-19'],
  ['2026-10-04T10:00+08:00', 0, '2026-10-04'],
])('M-RS-04, F13: %s and %i business days are %s', (from, days, expected) => {
  const at = addBusinessDays(new Date(from), days);
  expect(day(at)).toBe(expected);
  expect(at.toISOString().slice(10)).toBe(new Date(from).toISOString().slice(10));
});

test.each([
  [2024, 251],
  [2025, 248],
  [2026, 248],
])('F13: %i has as many business days as its calendar says', (year, expected) => {
  const days = Array.from({ length: 366 }, (_, n) => new Date(Date.UTC(year, 0, 1 + n)).toISOString().slice(0, 10)).filter((text) =>
    text.startsWith(String(year)),
  );
  expect(days.filter(isBusinessDay)).toHaveLength(expected);
});

test('F13: a year without a file counts weekends, and is named', () => {
  expect(day(addBusinessDays(new Date('2031-10-01T10:00+08:00'), 5))).toBe('2031-10-08');
  expect(yearsWithoutCalendar(new Date('2026-12-20T00:00:00Z'), new Date('2026-12-31T16:00:00Z'))).toEqual([2027]);
  expect(yearsWithoutCalendar(new Date('2025-12-20T00:00:00Z'), new Date('2026-02-01T00:00:00Z'))).toEqual([]);
});

test.each([-1, 1.5, Number.NaN])('%p is no number of business days', (days) => {
  expect(() => addBusinessDays(new Date('2026-03-02T02:00:00Z'), days)).toThrow(RangeError);
});

const YEAR = { year: 2026, source: 'notice', publishedOn: '2025-11-04', weekdaysOff: ['2026-01-01'], weekendsWorked: ['2026-01-04'] };
test.each([
  [{ weekdaysOff: ['2026-01-03'] }, 'is a weekend'],
  [{ weekendsWorked: ['2026-01-05'] }, 'is a weekday'],
  [{ weekdaysOff: ['2025-01-01'] }, 'is no day of 2026'],
  [{ weekdaysOff: ['2026-02-30'] }, 'is no day of 2026'],
  [{ weekdaysOff: ['01.01.2026'] }, 'cn.json'],
  [{ year: '2026' }, 'cn.json'],
  [{ holidays: [] }, 'cn.json'],
])('a calendar with %j is refused with its fault', (change, message) => {
  expect(readCalendarYear('cn.json', YEAR)).toMatchObject({ year: 2026 });
  expect(() => readCalendarYear('cn.json', { ...YEAR, ...change })).toThrow(message);
});
