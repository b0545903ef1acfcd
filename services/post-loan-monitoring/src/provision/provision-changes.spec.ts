import type { LoanClass } from '@millrace/contracts';
import { policyInForce } from '@millrace/policy';
import { provisionLines } from '../ledger/provision-lines.js';
import { provisionChanges, provisionKindOf, type ClassProvision } from './provision-changes.js';
import { provisionOfLoan } from './provision-of-loan.js';

const { provision: PARAMETERS } = policyInForce('online_microloan', '2026-03-02');
const ON = { on: '2026-06-30', maturesOn: '2026-12-31' } as const;

const setAside = (loanClass: LoanClass, provisionMinor: bigint): ClassProvision => ({
  productCode: 'invoice-loan',
  currency: 'CNY',
  loanClass,
  provisionMinor,
});
const allowance = (balanceMinor: bigint) => [{ productCode: 'invoice-loan', currency: 'CNY', balanceMinor }];

test('G-PV-01, M-PV-01: the schedule’s share of principal and accrued interest, where the expected loss is less', () => {
  const loan = { ...ON, principalMinor: 9_900_000_000n, receivableMinor: 100_000_000n, dpd: 0 };
  expect(provisionOfLoan({ ...loan, loanClass: 'NORMAL' }, PARAMETERS)).toBe(100_000_000n);
  expect(provisionOfLoan({ ...loan, loanClass: 'SPECIAL_MENTION', dpd: 5 }, PARAMETERS)).toBe(200_000_000n);
  expect(provisionOfLoan({ ...loan, loanClass: 'LOSS', dpd: 361 }, PARAMETERS)).toBe(10_000_000_000n);
});

test('G-PV-04, M-PV-01: a loan that has defaulted is expected to lose its loss share, where the schedule asks for less', () => {
  const loan = { ...ON, principalMinor: 1_000_000n, receivableMinor: 0n, dpd: 91 };
  expect(provisionOfLoan({ ...loan, loanClass: 'SUBSTANDARD' }, PARAMETERS)).toBe(550_000n);
  expect(provisionOfLoan({ ...loan, loanClass: 'SUBSTANDARD' }, { ...PARAMETERS, method: 'schedule' })).toBe(250_000n);
  expect(provisionOfLoan({ ...loan, loanClass: 'DOUBTFUL', dpd: 271 }, { ...PARAMETERS, lgdBps: 4_000 })).toBe(500_000n);
});

test('M-PV-01: a loan that moves to another class moves its provision, and nothing else is posted', () => {
  const booked = [setAside('NORMAL', 1_000n), setAside('SPECIAL_MENTION', 40n)];
  const needed = [setAside('NORMAL', 900n), setAside('SPECIAL_MENTION', 240n)];
  expect(provisionChanges(needed, booked, allowance(1_040n)).map(({ loanClass, changeMinor }) => [loanClass, changeMinor])).toEqual([
    ['NORMAL', -100n],
    ['SPECIAL_MENTION', 200n],
  ]);
  expect(provisionChanges(booked, booked, allowance(1_040n)).every(({ changeMinor }) => changeMinor === 0n)).toBe(true);
});

test('M-PV-01: what a sale has used of the allowance was that of its own class: nothing is posted for a claim that is gone', () => {
  const booked = [setAside('NORMAL', 1_000n), setAside('SUBSTANDARD', 5_500n)];
  const changes = provisionChanges([setAside('NORMAL', 1_000n)], booked, allowance(1_000n), [setAside('SUBSTANDARD', 5_500n)]);
  expect(changes.every(({ changeMinor }) => changeMinor === 0n)).toBe(true);
  // Without the sale it would be given back by its class, and taken by another.
  expect(provisionChanges([setAside('NORMAL', 1_000n)], booked, allowance(1_000n)).map(({ changeMinor }) => changeMinor)).toEqual([5_500n, 0n, -5_500n]);
});

test('a class that is empty gives back what was set aside for it', () => {
  expect(provisionChanges([], [setAside('NORMAL', 7n)], allowance(7n))).toEqual([{ ...setAside('NORMAL', 0n), changeMinor: -7n }]);
});

test('what a write-off has taken of the allowance was that of the worst class: a loan that is gone asks for no change', () => {
  const booked = [setAside('NORMAL', 1_000n), setAside('LOSS', 5_000n)];
  const changes = provisionChanges([setAside('NORMAL', 1_000n)], booked, allowance(1_000n));
  expect(changes.map(({ loanClass, changeMinor }) => [loanClass, changeMinor])).toEqual([
    ['LOSS', 0n],
    ['NORMAL', 0n],
  ]);
  // Written off with too little set aside: the rest is an expense of the day.
  expect(provisionChanges([], [setAside('LOSS', 5_000n)], allowance(-500n))).toEqual([{ ...setAside('LOSS', 0n), changeMinor: 500n }]);
});

test('the vector: 90, 5, 2, 1.5 and 1.5 million make 3.75 million, general for sound loans and specific for all others', () => {
  const book: readonly [LoanClass, bigint][] = [
    ['NORMAL', 9_000_000_000n],
    ['SPECIAL_MENTION', 500_000_000n],
    ['SUBSTANDARD', 200_000_000n],
    ['DOUBTFUL', 150_000_000n],
    ['LOSS', 150_000_000n],
  ];
  const needed = book.map(([loanClass, principalMinor]) =>
    setAside(loanClass, provisionOfLoan({ ...ON, principalMinor, receivableMinor: 0n, loanClass, dpd: 0 }, { ...PARAMETERS, method: 'schedule' })),
  );
  const changes = provisionChanges(needed, [], []);
  expect(changes.reduce((total, { changeMinor }) => total + changeMinor, 0n)).toBe(375_000_000n);
  expect(changes.filter(({ loanClass }) => provisionKindOf(loanClass) === 'general').map(({ changeMinor }) => changeMinor)).toEqual([90_000_000n]);
  expect(provisionLines(375_000_000n)).toEqual([
    { account: '6702', debitMinor: 375_000_000n, creditMinor: 0n },
    { account: '1304', debitMinor: 0n, creditMinor: 375_000_000n },
  ]);
});
