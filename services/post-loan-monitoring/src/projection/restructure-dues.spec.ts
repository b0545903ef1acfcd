import { paperLoan, paidOnTime, type PaperChange } from '../../test/paper-loans.js';
import { standingMovements, type LoanMovement } from './loan-case.js';
import { PaperLoan } from './paper-loan.js';

const DATES = ['2026-07-02', '2026-08-02', '2026-09-02', '2026-10-02', '2026-11-02', '2026-12-02', '2027-01-02', '2027-02-02', '2027-03-02', '2027-04-02'];
const restructured = (change: Partial<Extract<LoanMovement, { kind: 'restructuring' }>> = {}): LoanMovement => ({
  id: 'z',
  kind: 'restructuring',
  valueOn: '2026-06-10',
  ...change,
});

function played(movements: readonly LoanMovement[], change: PaperChange = {}): PaperLoan {
  const given = paperLoan({ ...change, movements });
  const loan = new PaperLoan(given);
  for (const movement of standingMovements(movements)) loan.take(movement);
  return loan;
}

const TERMS = restructured({ dueDates: [...DATES, '2027-05-02', '2027-06-02'], ratePercent: '5' });

test('S18: what is late is moved into what is not due yet: nothing is late any more, and no fen is lost', () => {
  const before = played(paidOnTime(1));
  const after = played([...paidOnTime(1), TERMS]);
  expect([before.daysPastDue('2026-06-10'), after.daysPastDue('2026-06-10')]).toEqual([39, 0]);
  expect(after.principalMinor).toBe(before.principalMinor);
  // Interest up to the day, what was late of it included; and what lateness has cost stays asked for.
  expect(after.interestOn('2026-06-10')).toBe(before.interestOn('2026-06-10'));
  expect(after.lateChargesOn('2026-06-10')).toEqual(before.lateChargesOn('2026-06-10'));
  expect(after.payoffOn('2026-06-10')).toBe(before.payoffOn('2026-06-10'));
  // Of what was moved no charge comes up any more.
  expect(after.lateChargesOn('2026-07-01')).toEqual(before.lateChargesOn('2026-06-10'));
  expect(before.lateChargesOn('2026-07-01').penaltyMinor).toBeGreaterThan(after.lateChargesOn('2026-07-01').penaltyMinor);
});

test('moved interest is asked for with the first due that comes; each later due asks less by the lower rate and the longer term', () => {
  const before = played(paidOnTime(1));
  const after = played([...paidOnTime(1), TERMS]);
  const open = after.dues.filter(({ dueOn }) => dueOn > '2026-06-10');
  expect(open.map(({ dueOn }) => dueOn)).toEqual([...DATES, '2027-05-02', '2027-06-02']);
  const late = before.dues.filter(({ dueOn }) => dueOn > '2026-04-02' && dueOn <= '2026-06-10');
  expect(open[0]!.movedInterestMinor).toBe(late.reduce((total, { interestMinor }) => total + interestMinor, 0n));
  expect(open[1]!.principalMinor + open[1]!.interestMinor).toBeLessThan(before.dues[5]!.principalMinor + before.dues[5]!.interestMinor);
});

test('a loan that has matured begins anew on its new dates; without them it cannot', () => {
  const valueOn = '2027-04-10';
  const dueDates = ['2027-05-10', '2027-06-10', '2027-07-10'];
  const after = played([restructured({ valueOn, dueDates })]);
  const before = played([]);
  expect(after.daysPastDue(valueOn)).toBe(0);
  expect([after.principalMinor, after.interestOn(valueOn)]).toEqual([30_000_000n, before.interestOn(valueOn)]);
  expect(after.dues.slice(12).map(({ number, startsOn, dueOn }) => [number, startsOn, dueOn])).toEqual([
    [13, '2027-04-10', '2027-05-10'],
    [14, '2027-05-10', '2027-06-10'],
    [15, '2027-06-10', '2027-07-10'],
  ]);
  expect(() => played([restructured({ valueOn })])).toThrow('comes after the last due date');
});

test('G-CL-13: restructured again, what was moved is moved on, and is still asked for once', () => {
  const dueDates = [...DATES.slice(2), '2027-05-02', '2027-06-02', '2027-07-02'];
  const again = restructured({ id: 'zz', valueOn: '2026-08-20', dueDates });
  const once = played([TERMS]);
  const twice = played([TERMS, again]);
  expect(twice.interestOn('2026-08-20')).toBe(once.interestOn('2026-08-20'));
  expect(twice.principalMinor).toBe(30_000_000n);
  expect(twice.daysPastDue('2026-08-20')).toBe(0);
});

test('a loan that was paid off before is not changed by it', () => {
  const paid = played([{ id: 'a', kind: 'payoff', valueOn: '2026-06-01' }, restructured({ ratePercent: '5' })]);
  expect(paid.payoffOn('2026-06-10')).toBe(0n);
});
