import { policyInForce } from '@millrace/policy';
import { account } from '../../test/loans.js';
import { extendedDates, monthsBefore, mostMonths } from './extension-policy.js';

const { extension } = policyInForce('online_microloan', '2026-03-02');

test.each([
  [1, 1],
  [12, 12],
  [13, 6],
  [24, 12],
  [36, 18],
])('G-WC-07: a loan of %i months is extended by %i at most', (tenorMonths, months) => {
  expect(mostMonths({ tenorMonths }, extension)).toBe(months);
});

test('G-WC-07: what was extended before counts, and a restructuring does not', () => {
  const change = { changeId: 'c', valueOn: '2026-05-01', dueDates: null, rateBps: null, months: 4 } as const;
  expect(
    monthsBefore([
      { ...change, kind: 'extension' },
      { ...change, kind: 'restructuring' },
      { ...change, kind: 'extension', months: 3 },
    ]),
  ).toBe(7);
});

test('the dates that are not due yet stay, and the months come after them', () => {
  const loan = account({ tenorMonths: 3 });
  expect(extendedDates(loan, 2, '2026-04-02')).toEqual(['2026-05-02', '2026-06-02', '2026-07-02', '2026-08-02']);
  expect(extendedDates({ ...loan, repaymentMethod: 'bullet' }, 2, '2026-04-02')).toEqual(['2026-08-02']);
});

test('after a prepayment the months come after the earlier end, and not after rows at which nothing is left', () => {
  const loan = { ...account({ tenorMonths: 6 }), maturesOn: '2026-06-02' };
  expect(extendedDates(loan, 2, '2026-04-02')).toEqual(['2026-05-02', '2026-06-02', '2026-07-02', '2026-08-02']);
});

test('a date that a short month has cut gets its day back', () => {
  const loan = account({ tenorMonths: 2, disbursedOn: '2026-12-31' });
  expect(loan.instalments.map(({ dueOn }) => dueOn)).toEqual(['2027-01-31', '2027-02-28']);
  expect(extendedDates(loan, 2, '2027-02-01')).toEqual(['2027-02-28', '2027-03-31', '2027-04-30']);
});

test('after a restructuring to another day of the month, the months that are added keep that day', () => {
  const loan = account({ tenorMonths: 2, disbursedOn: '2026-03-15' });
  const [first] = loan.instalments;
  const moved = ['2026-06-05', '2026-07-05'].map((dueOn, index) => ({ ...first!, number: index + 3, dueOn }));
  const change = { changeId: 'c', kind: 'restructuring', valueOn: '2026-05-20', dueDates: ['2026-06-05', '2026-07-05'], rateBps: null, months: 0 } as const;
  const restructured = { ...loan, instalments: [...loan.instalments, ...moved], maturesOn: '2026-07-05', changes: [change] };
  expect(extendedDates(restructured, 2, '2026-05-25')).toEqual(['2026-06-05', '2026-07-05', '2026-08-05', '2026-09-05']);
});
