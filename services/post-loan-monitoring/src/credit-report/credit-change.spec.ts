import type { LoanStatus } from '@millrace/contracts';
import { LOAN_PROCESS } from '../loan/loan-process.js';
import { creditChangeOf, type ReportedStanding } from './credit-change.js';

const stands = (status: LoanStatus, isNegative = false): ReportedStanding => ({ status, isNegative });

test.each<[told: ReportedStanding | null, now: ReportedStanding, change: string | null]>([
  [null, stands('ACTIVE'), null],
  [null, stands('OVERDUE', true), 'arrears_began'],
  [null, stands('SETTLED'), 'settled'],
  [stands('ACTIVE'), stands('OVERDUE', true), 'arrears_began'],
  // A court has it, which the bureau is told with the next report: its arrears are known.
  [stands('OVERDUE', true), stands('LEGAL', true), null],
  [stands('LEGAL', true), stands('LEGAL'), 'arrears_ended'],
  [stands('OVERDUE', true), stands('ACTIVE'), 'arrears_ended'],
  [stands('OVERDUE', true), stands('WRITTEN_OFF', true), 'written_off'],
  [stands('OVERDUE', true), stands('SETTLED'), 'settled'],
  [stands('ACTIVE'), stands('RETURNED'), 'settled'],
  [stands('OVERDUE', true), stands('TRANSFERRED'), 'transferred'],
  [stands('WRITTEN_OFF', true), stands('TRANSFERRED'), 'transferred'],
  [stands('SETTLED'), stands('CLOSED'), 'closed'],
  [stands('CLOSED'), stands('OVERDUE', true), 'reopened'],
])('M-CB-02: told %j, now %j: %s', (told, now, change) => {
  expect(creditChangeOf(told, now)).toBe(change);
});

test('M-CB-02: of every two standings one change at most is told, and none where the bureau knows it', () => {
  const all = LOAN_PROCESS.statuses.flatMap((status) => [stands(status), stands(status, true)]);
  for (const one of all) expect(creditChangeOf(one, one)).toBeNull();
  const flips = all.filter((one) => creditChangeOf(one, { ...one, isNegative: !one.isNegative }) === null);
  expect(flips).toEqual([]);
});
