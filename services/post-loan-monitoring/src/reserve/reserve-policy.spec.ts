import type { ReserveParameters } from '@millrace/policy';
import { policyInForce } from '@millrace/policy';
import { accrualOf, type ReserveFacts } from './reserve-policy.js';

const PLAN: ReserveParameters = { base: 'outstanding_principal', rateBps: 60, targetBps: 100 };
const FACTS: ReserveFacts = { outstandingMinor: 100_000_000n, incomeOfYearMinor: 2_000_000n, accruedOfYearMinor: 50_000n, balanceMinor: 0n };
const amount = (facts: Partial<ReserveFacts>, plan: Partial<ReserveParameters> = {}): bigint =>
  accrualOf({ ...FACTS, ...facts }, { ...PLAN, ...plan }).amountMinor;

test('M-OR-01, R-TC-10: a month puts in a twelfth of the yearly rate of the principal, rounded to the fen', () => {
  expect(accrualOf(FACTS, PLAN)).toEqual({ baseMinor: 100_000_000n, amountMinor: 50_000n });
  expect([amount({ outstandingMinor: 999n }), amount({ outstandingMinor: 1_000n })]).toEqual([0n, 1n]);
  expect(amount({ outstandingMinor: 0n })).toBe(0n);
});

test('M-OR-01: of the income of the year, a month puts in what the year has not put in yet', () => {
  const plan = { base: 'income_of_year', rateBps: 500 } as const;
  expect(accrualOf(FACTS, { ...PLAN, ...plan })).toEqual({ baseMinor: 2_000_000n, amountMinor: 50_000n });
  expect(amount({ accruedOfYearMinor: 100_000n }, plan)).toBe(0n);
  // Income that was taken back asks for nothing back: the reserve is used and topped up by persons alone.
  expect(amount({ incomeOfYearMinor: -5n, accruedOfYearMinor: 0n }, plan)).toBe(0n);
});

test.each([
  [950_000n, 50_000n],
  [950_001n, 49_999n],
  [999_999n, 1n],
  [1_000_000n, 0n],
  [2_000_000n, 0n],
])('M-OR-01: with %s fen in reserve a month puts in %s, as the target is 1,000,000', (balanceMinor, wanted) => {
  expect(amount({ balanceMinor })).toBe(wanted);
});

test('M-OR-01: there was no plan before its first day', () => {
  const planOn = (day: string): ReserveParameters => policyInForce('bank', day).reserve;
  expect([planOn('2028-03-31'), planOn('2028-04-01')]).toEqual([
    { base: 'outstanding_principal', rateBps: 0, targetBps: 0 },
    { base: 'outstanding_principal', rateBps: 60, targetBps: 100 },
  ]);
});
