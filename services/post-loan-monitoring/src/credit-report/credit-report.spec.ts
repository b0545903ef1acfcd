import { isMonthEnd, isNegative, keepUntil, withheldFor } from './credit-report.js';

test('G-CB-03, M-CB-01: negative data follow a notice that was served, by ten days', () => {
  expect(withheldFor(null, '2026-04-30', 10)).toBe('REPORT_WITHOUT_NOTICE');
  expect(withheldFor('2026-04-21', '2026-04-30', 10)).toBe('REPORT_BEFORE_ITS_DAY');
  expect(withheldFor('2026-04-20', '2026-04-30', 10)).toBeNull();
});

test('arrears and a loss are negative, whatever else a loan is', () => {
  expect(isNegative({ daysPastDue: 0, status: 'ACTIVE' })).toBe(false);
  expect(isNegative({ daysPastDue: 1, status: 'OVERDUE' })).toBe(true);
  expect(isNegative({ daysPastDue: 0, status: 'WRITTEN_OFF' })).toBe(true);
});

test('G-CB-06: negative data are kept for five years; months end on their last day', () => {
  expect(keepUntil('2024-02-29', 5)).toBe('2029-02-28');
  expect(['2026-04-30', '2026-04-29', '2024-02-28', '2024-02-29'].map(isMonthEnd)).toEqual([true, false, false, true]);
});
