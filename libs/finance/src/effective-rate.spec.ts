import { annualRates, monthlyInternalRate, type CashFlow } from './effective-rate.js';
import { percentOfMinor } from './rounding.js';
import { buildSchedule, type Schedule } from './schedule.js';
import type { ScheduleTerms } from './schedule-terms.js';

const PRINCIPAL_MINOR = 30_000_000n;
const TERMS: ScheduleTerms = {
  method: 'equal_instalment',
  principalMinor: PRINCIPAL_MINOR,
  annualRatePercent: '7.2',
  instalments: 12,
  disbursedOn: '2026-03-02',
  dayCount: 'periodic',
};
const flowsOf = ({ rows }: Schedule): CashFlow[] => rows.map((row) => ({ amountMinor: row.totalMinor, monthDays: row.monthDays }));

/** Nominal and effective rate in per cent with the three digits of the test vectors. */
function printed(receivedMinor: bigint, flows: CashFlow[]): [string, string] {
  const monthly = monthlyInternalRate(receivedMinor, flows);
  return [monthly.times(1200).toFixed(3), monthly.plus(1).pow(12).minus(1).times(100).toFixed(3)];
}

test.each([
  ['1', '9.091', '9.480'],
  ['2', '11.011', '11.584'],
  ['2.5', '11.981', '12.661'],
  ['3', '12.959', '13.757'],
])('M-RS-03, B3: 7.2%% with %s%% up front is %s%% nominal, %s%% effective', (fee, nominal, effective) => {
  const flows = flowsOf(buildSchedule(TERMS));
  expect(printed(PRINCIPAL_MINOR - percentOfMinor(PRINCIPAL_MINOR, fee), flows)).toEqual([nominal, effective]);
});

test('S01: 6.35% without a fee is 6.54% effective', () => {
  const flows = flowsOf(buildSchedule({ ...TERMS, annualRatePercent: '6.35' }));
  expect(annualRates(PRINCIPAL_MINOR, flows)).toEqual({ nominalAnnualRateBps: 635, effectiveAnnualRateBps: 653.81 });
});

test('a bullet of a year costs its simple rate effectively', () => {
  const rates = annualRates(PRINCIPAL_MINOR, flowsOf(buildSchedule({ ...TERMS, method: 'bullet' })));
  expect(rates).toEqual({ nominalAnnualRateBps: 697.28, effectiveAnnualRateBps: 720 });
});

test('the rate solves its own equation, stub or not, to ten digits', () => {
  const flows = flowsOf(buildSchedule({ ...TERMS, dayCount: 'ACT/365', firstDueOn: '2026-04-20' }));
  const received = 29_400_000;
  const rate = monthlyInternalRate(BigInt(received), flows).toNumber();
  let months = 0;
  let worth = 0;
  for (const { amountMinor, monthDays } of flows) {
    months += monthDays / 30;
    worth += Number(amountMinor) / (1 + rate) ** months;
  }
  expect(months).toBeCloseTo(12 + 18 / 30, 12);
  expect(Math.abs(worth / received - 1)).toBeLessThan(1e-10);
});

test('extremes converge: nothing to pay for, nearly all kept back, one day, 600 rows', () => {
  expect(monthlyInternalRate(100n, [{ amountMinor: 100n, monthDays: 30 }]).toNumber()).toBe(0);
  expect(monthlyInternalRate(1n, [{ amountMinor: 1_000_000n, monthDays: 30 }]).toNumber()).toBeCloseTo(999_999, 6);
  expect(monthlyInternalRate(1_000_000n, [{ amountMinor: 1_000_200n, monthDays: 1 }]).toNumber()).toBeCloseTo(1.0002 ** 30 - 1, 12);
  const long = flowsOf(buildSchedule({ ...TERMS, principalMinor: 10n ** 12n, annualRatePercent: '24', instalments: 600 }));
  expect(annualRates(10n ** 12n, long).nominalAnnualRateBps).toBe(2400);
});

test('a loan of which nothing is received, or that is not repaid, has no rate', () => {
  expect(() => monthlyInternalRate(0n, [{ amountMinor: 1n, monthDays: 30 }])).toThrow('fees leave the borrower nothing');
  expect(() => monthlyInternalRate(2n, [{ amountMinor: 1n, monthDays: 30 }])).toThrow('do not repay');
});
