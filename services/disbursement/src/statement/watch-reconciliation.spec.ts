import { lastSettledDay } from './watch-reconciliation.js';

test.each([
  ['a Wednesday: Monday, as Tuesday has gone by', '2026-03-04', '2026-03-02'],
  ['a Tuesday: Sunday, as Monday has gone by', '2026-03-03', '2026-03-01'],
  ['a Monday: Thursday, as the weekend is no business day', '2026-03-09', '2026-03-05'],
  ['the first day after the Spring Festival: the last one but one before it', '2026-02-24', '2026-02-13'],
])('R-DB-08: on %s', (_what, today, day) => {
  expect(lastSettledDay(today)).toBe(day);
});
