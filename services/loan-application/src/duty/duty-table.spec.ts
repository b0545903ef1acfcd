import { DUTY_OF_KIND, DUTY_OF_STAGE, DUTY_TABLE, excludingDuty, type Duty } from './duty-table.js';
import { REVIEW_KINDS } from '../review-task/review.task.js';

const DUTIES = Object.keys(DUTY_TABLE) as Duty[];
const DECIDING = DUTIES.filter((duty) => duty !== 'maker' && duty !== 'accountManager');

test.each(DECIDING)('R-UW-05: whoever made the application or looks after the firm is no %s', (duty) => {
  for (const sales of ['maker', 'accountManager'] as const) expect(excludingDuty(duty, new Set([sales]))).toBe(sales);
  expect(excludingDuty(duty, new Set())).toBeUndefined();
});

test.each<[Duty, Duty]>([
  ['investigator', 'approver'],
  ['verifier', 'approver'],
  ['approver', 'authoriser'],
  ['approver', 'appealDecider'],
  ['appealDecider', 'approver'],
  ['approver', 'paymentOfficer'],
])('R-DB-02: %s excludes %s', (done, next) => {
  expect(excludingDuty(next, new Set([done]))).toBe(done);
});

test('R-UW-05: every kind of review is a duty, and its stage says the same', () => {
  for (const [stage, { kind }] of Object.entries(REVIEW_KINDS))
    expect([kind, DUTY_OF_KIND[kind]]).toEqual([kind, DUTY_OF_STAGE[stage as keyof typeof DUTY_OF_STAGE]]);
});
