import { workingCapitalNeedMinor, type WorkingCapitalStatement } from './working-capital-need.js';

const VECTOR_D: WorkingCapitalStatement = {
  revenueMinor: 12_000_000_00n,
  profitMarginBps: 800,
  growthBps: 1000,
  inventoryDays: 45,
  receivableDays: 60,
  payableDays: 40,
  prepaidDays: 10,
  advanceReceiptDays: 5,
  ownFundsMinor: 0n,
  existingLoansMinor: 0n,
  otherChannelsMinor: 0n,
};

test('G-WC-10, vector (d): 2,361,333.33 of working capital, 661,333.33 new limit', () => {
  expect(workingCapitalNeedMinor(VECTOR_D)).toBe(2_361_333_33n);
  expect(workingCapitalNeedMinor({ ...VECTOR_D, ownFundsMinor: 800_000_00n, existingLoansMinor: 900_000_00n })).toBe(661_333_33n);
});

test('a need that is covered, or a cycle that others finance, is zero and never negative', () => {
  expect(workingCapitalNeedMinor({ ...VECTOR_D, ownFundsMinor: 3_000_000_00n })).toBe(0n);
  expect(workingCapitalNeedMinor({ ...VECTOR_D, payableDays: 115 })).toBe(0n);
  expect(workingCapitalNeedMinor({ ...VECTOR_D, profitMarginBps: 10_000 })).toBe(0n);
});

test('a loss (negative margin) raises the need, and other channels lower it', () => {
  expect(workingCapitalNeedMinor({ ...VECTOR_D, profitMarginBps: -800, otherChannelsMinor: 100n })).toBe(2_772_000_00n - 100n);
});
