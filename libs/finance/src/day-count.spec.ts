import { yearFraction, type DayCount } from './day-count.js';
import { InvalidTermsError } from './invalid-terms.js';

test.each<[DayCount, string, string, number, number]>([
  ['periodic', '2026-03-02', '2026-04-02', 30, 360],
  ['periodic', '2026-01-31', '2026-02-28', 30, 360],
  ['periodic', '2026-03-02', '2026-03-12', 10, 360],
  ['periodic', '2026-01-20', '2026-03-10', 48, 360],
  ['30E/360', '2026-01-31', '2026-02-28', 28, 360],
  ['30E/360', '2026-02-28', '2026-03-31', 32, 360],
  ['30E/360', '2026-03-31', '2026-05-31', 60, 360],
  ['30E/360', '2028-02-29', '2028-03-29', 30, 360],
  ['30E/360', '2026-03-02', '2027-03-02', 360, 360],
  ['ACT/365', '2027-03-02', '2028-03-02', 366, 365],
  ['ACT/365', '2026-02-02', '2026-03-02', 28, 365],
  ['ACT/360', '2028-02-02', '2028-03-02', 29, 360],
  ['ACT/360', '2026-01-01', '2026-06-30', 180, 360],
  ['ACT/ACT', '2026-03-02', '2026-04-02', 31 * 366, 365 * 366],
  ['ACT/ACT', '2028-02-02', '2028-03-02', 29 * 365, 365 * 366],
  ['ACT/ACT', '2027-12-20', '2028-01-20', 12 * 366 + 19 * 365, 365 * 366],
  ['ACT/ACT', '2028-12-31', '2029-12-31', 365 + 364 * 366, 365 * 366],
])('%s from %s to %s is %i/%i of a year', (dayCount, from, to, days, daysPerYear) => {
  expect(yearFraction(dayCount, from, to)).toEqual({ days, daysPerYear });
});

test('a period of a month-end chain is one month, not a month and three days', () => {
  expect(yearFraction('periodic', '2026-02-28', '2026-03-31', 31)).toEqual({ days: 30, daysPerYear: 360 });
  expect(yearFraction('periodic', '2026-02-28', '2026-03-31')).toEqual({ days: 33, daysPerYear: 360 });
});

test('a span that ends before it begins and an unknown rule are refused', () => {
  expect(() => yearFraction('ACT/365', '2026-03-02', '2026-03-01')).toThrow(InvalidTermsError);
  expect(() => yearFraction('30/360' as DayCount, '2026-03-02', '2026-04-02')).toThrow('unknown day count: 30/360');
});
