import fc from 'fast-check';
import { addDays, addMonths, daysBetween, parseDate, wholeMonthsBetween } from './calendar-date.js';
import { InvalidTermsError } from './invalid-terms.js';

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2026-01-31', 2, '2026-03-31'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2024-02-29', 48, '2028-02-29'],
  ['2026-03-02', 0, '2026-03-02'],
])('%s plus %i months is %s', (from, months, expected) => {
  expect(addMonths(from, months)).toBe(expected);
});

test('an anchor day brings a chain back from a short month', () => {
  expect(addMonths('2026-02-28', 1, 31)).toBe('2026-03-31');
  expect(addMonths('2026-02-28', 2, 31)).toBe('2026-04-30');
});

test.each([
  ['2026-03-02', '2026-03-02', 0],
  ['2026-02-28', '2026-03-01', 1],
  ['2028-02-28', '2028-03-01', 2],
  ['1900-02-28', '1900-03-01', 1],
  ['2000-02-28', '2000-03-01', 2],
  ['2026-03-02', '2027-03-02', 365],
  ['2027-03-02', '2028-03-02', 366],
  ['2026-03-02', '2026-03-01', -1],
])('from %s to %s are %i days', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
});

const NOT_IN_THE_CALENDAR = ['2026-02-30', '2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '1899-12-31'];
const NOT_A_DATE = ['2026-4-1', '20260401', '', '2026-03-02T00:00:00Z', '2026-03-02\n'];

test.each([...NOT_IN_THE_CALENDAR, ...NOT_A_DATE])('%p is refused', (text) => {
  expect(() => parseDate(text)).toThrow(InvalidTermsError);
});

const isoDate = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('days agree with the calendar of the platform', () => {
  fc.assert(
    fc.property(isoDate, isoDate, (from, to) => {
      expect(daysBetween(from, to)).toBe((Date.parse(to) - Date.parse(from)) / 86_400_000);
    }),
  );
});

test('the day so many days later agrees with the calendar of the platform', () => {
  fc.assert(
    fc.property(isoDate, fc.integer({ min: -30_000, max: 200_000 }), (from, days) => {
      expect(addDays(from, days)).toBe(new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10));
    }),
  );
  expect(addDays('2000-02-28', 1)).toBe('2000-02-29');
  expect(addDays('1999-12-31', 1)).toBe('2000-01-01');
  expect(addDays('2100-02-28', 1)).toBe('2100-03-01');
});

test.each([1.5, Number.NaN, undefined as unknown as number, 10_000_000])('%p days later is no day', (days) => {
  expect(() => addDays('2026-03-02', days)).toThrow(InvalidTermsError);
});

test.each([undefined, null, 20260302])('%p is no date, and refused as any other text', (value) => {
  expect(() => parseDate(value as unknown as string)).toThrow(InvalidTermsError);
});

test('whole months are the most that fit', () => {
  fc.assert(
    fc.property(isoDate, fc.nat(2000), (from, days) => {
      const to = new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
      const months = wholeMonthsBetween(from, to);
      expect(addMonths(from, months) <= to).toBe(true);
      expect(addMonths(from, months + 1) > to).toBe(true);
    }),
  );
});
