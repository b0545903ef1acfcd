import { addDays } from '@millrace/finance';
import { account, CLAUSES } from '../../test/loans.js';
import { totalOf } from '../projection/due-totals.js';
import { accruedDays, type AccruedDay } from './accrue-account.js';
import { accountAfter, playAccount } from './play-account.js';
import type { LoanAccount } from './loan-account.js';
import { scheduleView } from './schedule-view.js';

// Goal: a claim that is sold asks for nothing more here, and what it has earned stays as its day has left it. Method: the same loan, sold and not.
const SOLD_ON = '2026-05-20';
const OWED: LoanAccount = { ...account({ clauses: CLAUSES }), status: 'OVERDUE' };
const SOLD: LoanAccount = { ...OWED, transferredOn: SOLD_ON, transferId: OWED.loanId, transferredTo: 'a firm' };
const dayOf = (loan: LoanAccount, on: string): AccruedDay => [...accruedDays(loan, on, on, () => 'SPECIAL_MENTION')][0]!;

test('M-PV-01: its accrual is that of the unsold loan through its day, and stays there; nothing of it is in the books', () => {
  const before = addDays(SOLD_ON, -1);
  expect(dayOf(SOLD, before)).toEqual(dayOf(OWED, before));
  const onTheDay = { ...dayOf(OWED, SOLD_ON), principalMinor: 0n, receivableMinor: 0n };
  expect(dayOf(SOLD, SOLD_ON)).toEqual(onTheDay);
  expect(dayOf(SOLD, '2027-12-31')).toEqual({ ...onTheDay, on: '2027-12-31' });
  expect(onTheDay.accrued.interestMinor).toBeGreaterThan(0n);
});

test('what its buyer gets is principal, interest that is earned and charges, which is what the books have of it', () => {
  const { principalMinor, interestMinor, penaltyMinor, feesMinor } = totalOf(playAccount(OWED, SOLD_ON).claimOn(SOLD_ON));
  expect([principalMinor, feesMinor]).toEqual([OWED.principalMinor, 0n]);
  expect(interestMinor + penaltyMinor).toBe(dayOf(OWED, SOLD_ON).receivableMinor);
  expect(penaltyMinor).toBeGreaterThan(0n);
});

test('a claim that was written off stays beside the books until its day, and its memo is that of the day', () => {
  const lost = { ...SOLD, writtenOffOn: '2026-05-01', writeOffId: SOLD.loanId };
  const { accrued, receivableMinor } = dayOf(lost, '2026-12-31');
  expect([accrued.memoMinor, receivableMinor]).toEqual([dayOf({ ...lost, transferredOn: null }, SOLD_ON).accrued.memoMinor, 0n]);
});

test('it is TRANSFERRED and no day of it is settled; its schedule shows what its borrower has paid, and whose the rest is', () => {
  const after = accountAfter(SOLD, playAccount(SOLD));
  expect(after).toMatchObject({ status: 'TRANSFERRED', settledOn: null, outstandingPrincipalMinor: 0n, valuedOn: SOLD_ON });
  expect(playAccount(SOLD).daysPastDue('2026-12-31')).toBe(0);
  const { items, totals } = scheduleView(after, '2026-12-31');
  expect([new Set(items.map(({ status }) => status)), totals.paidPrincipalMinor]).toEqual([new Set(['transferred']), '0']);
});
