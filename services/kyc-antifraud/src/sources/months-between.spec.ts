import { monthsBetween } from './months-between.js';

test('whole months between two dates; a month counts on its day', () => {
  expect(monthsBetween('2022-09-02', '2026-03-02')).toBe(42);
  expect(monthsBetween('2022-09-03', '2026-03-02')).toBe(41);
  expect(monthsBetween('2026-04-01', '2026-03-02')).toBe(0);
});
