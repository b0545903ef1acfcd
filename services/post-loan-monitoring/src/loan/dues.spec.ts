import { accruedInterest } from '@millrace/finance';
import { account } from '../../test/loans.js';
import { duesBy, payoffDues, totalOf } from './dues.js';
import { daysPastDue, type LoanAccount } from './loan-account.js';

const paidUpTo = (loan: LoanAccount, number: number): LoanAccount => ({
  ...loan,
  instalments: loan.instalments.map((row) =>
    row.number <= number ? { ...row, paidPrincipalMinor: row.principalMinor, paidInterestMinor: row.interestMinor } : row,
  ),
});

test.each(['periodic', 'ACT/360'] as const)('S16, G-PR-10: payoff ten days after instalment 6 at 7.2%% costs interest of ten days (%s)', (dayCount) => {
  const loan = { ...paidUpTo(account({ rateBps: 720 }), 6), dayCount };
  expect(totalOf(payoffDues(loan, '2026-09-12'))).toEqual({ principalMinor: 15_269_166n, interestMinor: 30_538n, totalMinor: 15_299_704n });
});

test('payoff grows by the days run, takes the scheduled interest on the due date, and never falls', () => {
  const loan = account({ disbursedOn: '2026-01-31' });
  const interestOn = (day: string): bigint => totalOf(payoffDues(paidUpTo(loan, 1), day)).interestMinor;
  const scheduled = loan.instalments[1]!.interestMinor;
  expect(interestOn('2026-02-28')).toBe(0n);
  // The chain of the 31st: 28 March is 28 days into the period, not a month.
  const balanceMinor = loan.instalments[0]!.balanceMinor;
  expect(interestOn('2026-03-28')).toBe(accruedInterest([{ balanceMinor, from: '2026-02-28', to: '2026-03-28' }], '6.35', 'ACT/360'));
  expect(interestOn('2026-03-30')).toBe(scheduled);
  expect(interestOn('2026-03-31')).toBe(scheduled);
  const days = Array.from({ length: 31 }, (_, index) => interestOn(`2026-03-${String(index + 1).padStart(2, '0')}`));
  expect(days).toEqual(days.toSorted((a, b) => (a < b ? -1 : 1)));
});

test('a row is due from its due date on; what is not yet due bears no part of the dues', () => {
  const loan = account();
  expect(duesBy(loan, '2026-04-01')).toEqual([]);
  expect(totalOf(duesBy(loan, '2026-04-02'))).toEqual({ principalMinor: 2_428_072n, interestMinor: 158_750n, totalMinor: 2_586_822n });
  expect(duesBy(loan, '2026-05-02').map(({ number }) => number)).toEqual([1, 2]);
});

test.each([
  ['2026-04-01', 0],
  ['2026-04-02', 0],
  ['2026-04-03', 1],
  ['2026-07-01', 90],
  ['2026-07-02', 91],
])('M-LN-01, R-CR-07: days past due on %s: %i', (on, dpd) => {
  expect(daysPastDue(account(), on)).toBe(dpd);
});

test('a loan with nothing unpaid is not past due', () => {
  expect(daysPastDue(paidUpTo(account(), 12), '2030-01-01')).toBe(0);
});
