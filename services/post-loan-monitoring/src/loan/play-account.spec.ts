import { accruedInterest } from '@millrace/finance';
import { account, receive, replayed, type Played } from '../../test/loans.js';
import { totalOf } from '../projection/due-totals.js';
import type { LoanAccount } from './loan-account.js';
import { playAccount } from './play-account.js';

const INSTALMENT = 2_586_822n;

const told = ({ postings }: Pick<Played, 'postings'>): string[] =>
  postings.flatMap(({ kind, valueOn, lines, unallocatedMinor }) => [
    ...lines.map((line) => `${valueOn} ${kind} ${line.number} ${line.bucket} ${line.amountMinor}`),
    ...(unallocatedMinor > 0n ? [`${valueOn} ${kind} held ${unallocatedMinor}`] : []),
  ]);

test('on the due date an exact instalment pays interest, then principal', () => {
  const paid = receive(account(), INSTALMENT, '2026-04-02');
  expect(told(paid)).toEqual(['2026-04-02 REPAYMENT 1 currentInterest 158750', '2026-04-02 REPAYMENT 1 currentPrincipal 2428072']);
  expect(paid.account).toMatchObject({ outstandingPrincipalMinor: 27_571_928n, heldMinor: 0n, status: 'ACTIVE', valuedOn: '2026-04-02' });
});

test('S16: a partial amount stops where it ends, and the next goes on from there', () => {
  const first = receive(account(), 1_000_000n, '2026-04-02');
  expect(told(first)).toEqual(['2026-04-02 REPAYMENT 1 currentInterest 158750', '2026-04-02 REPAYMENT 1 currentPrincipal 841250']);
  const second = receive(first.account, INSTALMENT, '2026-04-10');
  expect(told(second)).toEqual(['2026-04-10 REPAYMENT 1 overduePrincipal 1586822', '2026-04-10 REPAYMENT held 1000000']);
});

test('M-RS-05: overdue interest of every row goes before overdue principal, and what is due today comes last', () => {
  const paid = receive(account(), 4_000_000n, '2026-06-02');
  expect(told(paid)).toEqual([
    '2026-06-02 REPAYMENT 1 overdueInterest 158750',
    '2026-06-02 REPAYMENT 2 overdueInterest 145901',
    '2026-06-02 REPAYMENT 1 overduePrincipal 2428072',
    '2026-06-02 REPAYMENT 2 overduePrincipal 1267277',
  ]);
});

test('M-RS-06: over 90 days past due principal goes first; on day 90 not yet', () => {
  expect(told(receive(account(), 100n, '2026-07-01'))).toEqual(['2026-07-01 REPAYMENT 1 overdueInterest 100']);
  expect(told(receive(account(), 100n, '2026-07-02'))).toEqual(['2026-07-02 REPAYMENT 1 overduePrincipal 100']);
});

test('money before its time is held, and pays each row on its own due date, however late the ticker comes', () => {
  const early = receive(account(), 2n * INSTALMENT + 5n, '2026-03-20');
  expect(told(early)).toEqual([`2026-03-20 REPAYMENT held ${2n * INSTALMENT + 5n}`]);
  expect(replayed(early.account, early.account.movements, '2026-04-01').postings).toEqual([]);
  const applied = replayed(early.account, early.account.movements, '2026-06-05');
  expect(told(applied)).toEqual([
    '2026-04-02 HELD_CREDIT 1 currentInterest 158750',
    '2026-04-02 HELD_CREDIT 1 currentPrincipal 2428072',
    '2026-05-02 HELD_CREDIT 2 currentInterest 145901',
    '2026-05-02 HELD_CREDIT 2 currentPrincipal 2440921',
    '2026-06-02 HELD_CREDIT 3 currentInterest 5',
  ]);
  expect(applied.account.heldMinor).toBe(0n);
});

test('a repayment that overtakes the ticker finds the held money on the dues first', () => {
  const early = receive(account(), INSTALMENT, '2026-03-20').account;
  const second = receive(early, INSTALMENT, '2026-04-02');
  expect(second.postings.map(({ kind }) => kind)).toEqual(['HELD_CREDIT', 'REPAYMENT']);
  expect(second.account.heldMinor).toBe(INSTALMENT);
});

test('a transfer told late counts from its own day, and pays on up to today', () => {
  const paid = receive(account(), 2n * INSTALMENT, '2026-04-02', '2026-05-10');
  expect(paid.postings.map(({ kind, valueOn }) => `${valueOn} ${kind}`)).toEqual(['2026-04-02 REPAYMENT', '2026-05-02 HELD_CREDIT']);
  expect(paid.account).toMatchObject({ valuedOn: '2026-05-02', heldMinor: 0n });
});

test('F17: money that comes late counts from its own day, and what was posted otherwise is not true any more', () => {
  const second = receive(account(), INSTALMENT, '2026-05-02');
  const first = receive(second.account, INSTALMENT, '2026-04-02', '2026-05-11');
  expect(told({ postings: first.undone })).toEqual(['2026-05-02 REPAYMENT 1 overdueInterest 158750', '2026-05-02 REPAYMENT 1 overduePrincipal 2428072']);
  expect(told(first)).toEqual([
    '2026-04-02 REPAYMENT 1 currentInterest 158750',
    '2026-04-02 REPAYMENT 1 currentPrincipal 2428072',
    '2026-05-02 REPAYMENT 2 currentInterest 145901',
    '2026-05-02 REPAYMENT 2 currentPrincipal 2440921',
  ]);
  expect(first.account).toMatchObject({ heldMinor: 0n, valuedOn: '2026-05-02' });
});

test('S16, G-PR-10: the payoff settles with interest to the day, waives the rest and holds what is over', () => {
  let loan: LoanAccount = account({ rateBps: 720 });
  for (const row of loan.instalments.slice(0, 6)) loan = receive(loan, row.principalMinor + row.interestMinor, row.dueOn).account;
  expect(loan.outstandingPrincipalMinor).toBe(15_269_166n);
  expect(receive(loan, 15_299_703n, '2026-09-12').account).toMatchObject({ status: 'ACTIVE', heldMinor: 15_299_703n });
  const paid = receive(loan, 15_300_000n, '2026-09-12');
  expect(paid.account).toMatchObject({ status: 'SETTLED', settledOn: '2026-09-12', outstandingPrincipalMinor: 0n, heldMinor: 296n });
  const interestLines = paid.postings.flatMap(({ lines }) => lines.filter(({ bucket }) => bucket === 'currentInterest'));
  expect(interestLines).toEqual([{ number: 7, bucket: 'currentInterest', amountMinor: 30_538n }]);
  const waivedMinor = paid.account.instalments.reduce((total, row) => total + row.waivedInterestMinor, 0n);
  const scheduledMinor = loan.instalments.slice(6).reduce((total, row) => total + row.interestMinor, 0n);
  expect(waivedMinor).toBe(scheduledMinor - 30_538n);
});

test('money that is held counts towards the payoff', () => {
  const held = receive(account(), 20_000_000n, '2026-03-02').account;
  const paid = receive(held, 10_000_000n, '2026-03-02');
  expect(paid.postings.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`)).toEqual(['HELD_CREDIT 20000000', 'REPAYMENT 10000000']);
  expect(paid.account).toMatchObject({ status: 'SETTLED', heldMinor: 0n, outstandingPrincipalMinor: 0n });
});

test('a settled loan holds whatever still comes', () => {
  const settled = receive(account(), 30_000_000n, '2026-03-02').account;
  const late = receive(settled, 700n, '2026-03-05');
  expect(told(late)).toEqual(['2026-03-05 REPAYMENT held 700']);
  expect(late.account).toMatchObject({ status: 'SETTLED', settledOn: '2026-03-02', heldMinor: 700n });
});

const paidUpTo = (loan: LoanAccount, number: number): LoanAccount =>
  loan.instalments.slice(0, number).reduce((paid, row) => receive(paid, row.principalMinor + row.interestMinor, row.dueOn).account, loan);

test.each(['periodic', 'ACT/360'] as const)('S16, G-PR-10: payoff ten days after instalment 6 at 7.2%% costs interest of ten days (%s)', (dayCount) => {
  const payoff = totalOf(playAccount(paidUpTo(account({ rateBps: 720, dayCount }), 6)).payoffDuesOn('2026-09-12'));
  expect(payoff.interestMinor).toBe(accruedInterest([{ balanceMinor: payoff.principalMinor, from: '2026-09-02', to: '2026-09-12' }], '7.2', 'ACT/360'));
  if (dayCount === 'periodic') expect(payoff).toMatchObject({ principalMinor: 15_269_166n, interestMinor: 30_538n, totalMinor: 15_299_704n });
});

test('a contract of before counts a broken month in thirtieths: the payoff grows by the days run, and never falls', () => {
  const loan = playAccount(paidUpTo(account({ disbursedOn: '2026-01-31' }), 1));
  const interestOn = (day: string): bigint => totalOf(loan.payoffDuesOn(day)).interestMinor;
  const [, second] = account({ disbursedOn: '2026-01-31' }).instalments;
  expect(interestOn('2026-02-28')).toBe(0n);
  // The chain of the 31st: 28 March is 28 days into the period, not a month.
  const balanceMinor = second!.balanceMinor + second!.principalMinor;
  expect(interestOn('2026-03-28')).toBe(accruedInterest([{ balanceMinor, from: '2026-02-28', to: '2026-03-28' }], '6.35', 'ACT/360'));
  expect(interestOn('2026-03-31')).toBe(second!.interestMinor);
  const days = Array.from({ length: 31 }, (_, index) => interestOn(`2026-03-${String(index + 1).padStart(2, '0')}`));
  expect(days).toEqual(days.toSorted((a, b) => (a < b ? -1 : 1)));
});

test('a row is due from its due date on; what is not yet due bears no part of the dues', () => {
  const loan = playAccount(account());
  expect(loan.duesOn('2026-04-01')).toEqual([]);
  expect(totalOf(loan.duesOn('2026-04-02'))).toMatchObject({ principalMinor: 2_428_072n, interestMinor: 158_750n, totalMinor: 2_586_822n });
  expect(loan.duesOn('2026-05-02').map(({ number }) => number)).toEqual([1, 2]);
});

test.each([
  ['2026-04-01', 0],
  ['2026-04-02', 0],
  ['2026-04-03', 1],
  ['2026-07-01', 90],
  ['2026-07-02', 91],
])('M-LN-01, R-CR-07: days past due on %s: %i', (on, dpd) => {
  expect(playAccount(account()).daysPastDue(on)).toBe(dpd);
});

test('a loan with nothing unpaid is not past due', () => {
  expect(playAccount(paidUpTo(account(), 12)).daysPastDue('2030-01-01')).toBe(0);
});
