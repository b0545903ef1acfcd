import { costSheet, type Charge } from './cost-sheet.js';
import { percentOfMinor } from './rounding.js';
import { buildSchedule, type Schedule } from './schedule.js';
import type { ScheduleTerms } from './schedule-terms.js';

const PRINCIPAL_MINOR = 30_000_000n;

function scheduleOf(method: ScheduleTerms['method'], annualRatePercent: string): Schedule {
  return buildSchedule({ method, annualRatePercent, principalMinor: PRINCIPAL_MINOR, instalments: 12, disbursedOn: '2026-03-02', dayCount: 'periodic' });
}

function charge(percent: string, when: Charge['when']): Charge {
  return { item: 'guarantee_fee', payee: 'guarantor', standard: `${percent}%`, amountMinor: percentOfMinor(PRINCIPAL_MINOR, percent), when };
}

test('G-PR-01, G-PR-02, B3: every item with its payee and standard, the total and the all-in rates', () => {
  const sheet = costSheet({
    schedule: scheduleOf('equal_instalment', '7.2'),
    lender: 'lender',
    interestStandard: '7.2% a year',
    charges: [charge('2.5', 'upfront')],
  });
  expect(sheet.items).toEqual([
    { item: 'interest', payee: 'lender', standard: '7.2% a year', totalMinor: 1_182_830n, annualBps: 720 },
    { item: 'guarantee_fee', payee: 'guarantor', standard: '2.5%', totalMinor: 750_000n, annualBps: 456.53 },
  ]);
  expect(sheet).toMatchObject({
    receivedMinor: 29_250_000n,
    totalCostMinor: 1_932_830n,
    totalRepaidMinor: 31_182_830n,
    nominalAnnualRateBps: 1198.12,
    effectiveAnnualRateBps: 1266.15,
  });
});

test('G-PR-01: the flat-fee trap, 0.6% a month on the ORIGINAL principal is 13.034% nominal, 13.842% effective', () => {
  const sheet = costSheet({
    schedule: scheduleOf('equal_principal', '0'),
    lender: 'lender',
    interestStandard: 'none',
    charges: [charge('0.6', 'each_instalment')],
  });
  expect(sheet.totalCostMinor).toBe(2_160_000n);
  expect((sheet.nominalAnnualRateBps / 100).toFixed(3)).toBe('13.034');
  expect((sheet.effectiveAnnualRateBps / 100).toFixed(3)).toBe('13.842');
});

test('a negative charge and charges that eat the loan are refused', () => {
  const sheet = (amountMinor: bigint): unknown =>
    costSheet({
      schedule: scheduleOf('bullet', '7.2'),
      lender: 'lender',
      interestStandard: '7.2% a year',
      charges: [{ ...charge('1', 'upfront'), amountMinor }],
    });
  expect(() => sheet(-1n)).toThrow('charge guarantee_fee is negative');
  expect(() => sheet(PRINCIPAL_MINOR)).toThrow('fees leave the borrower nothing');
});
