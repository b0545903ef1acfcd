import { LOAN_CLASSES, type LoanClass } from '@millrace/contracts';
import { policyInForce, type ProvisionParameters } from '@millrace/policy';
import fc from 'fast-check';
import { bookRatios, type BookLine } from './book-ratios.js';
import { bookedProvisionMinor, eclStageOf, expectedLossMinor, scheduleMinor, type LossFacts } from './provision-policy.js';

const PARAMETERS = policyInForce('online_microloan', '2026-03-02').provision;
const stage = (dpd: number, loanClass: LoanClass = 'NORMAL', hasRiskRisen = false) => eclStageOf({ dpd, class: loanClass, hasRiskRisen }, PARAMETERS);

test.each([
  [0, 1],
  [30, 1],
  [31, 2],
  [90, 2],
  [91, 3],
])('G-PV-04: %i days past due are stage %i', (dpd, wanted) => {
  expect(stage(dpd)).toBe(wanted);
});

test('G-PV-04: the days are a backstop; a risk that has risen, and a loan that is non-performing, need none', () => {
  expect([stage(0, 'SPECIAL_MENTION'), stage(0, 'NORMAL', true), stage(0, 'SUBSTANDARD'), stage(5, 'LOSS')]).toEqual([1, 2, 3, 3]);
});

describe('expected loss (G-PV-04)', () => {
  const LOAN: LossFacts = { stage: 1, pdBps: 250, lgdBps: 5_500, eadMinor: 30_000_000n, remainingMonths: 12 };
  const loss = (change: Partial<LossFacts>): bigint => expectedLossMinor({ ...LOAN, ...change });

  test('PD 2.5% × LGD 55% × 300,000.00 is 4,125.00', () => {
    expect(loss({})).toBe(412_500n);
    expect(loss({ stage: 2 })).toBe(412_500n);
  });

  test('of a life of 24 months the second year is survived with 97.5%; of a default that has come all is lost but what is recovered', () => {
    // 1 − 0.975² = 4.9375%.
    expect(loss({ stage: 2, remainingMonths: 24 })).toBe(814_688n);
    expect(loss({ stage: 3 })).toBe(16_500_000n);
    expect(loss({ stage: 2, remainingMonths: 0 })).toBe(412_500n);
    expect(loss({ stage: 1, remainingMonths: 36 })).toBe(412_500n);
  });

  test('it never falls with the stage and is never more than what is lost of everything', () => {
    const facts = fc.record({
      pdBps: fc.integer({ min: 0, max: 10_000 }),
      lgdBps: fc.integer({ min: 0, max: 10_000 }),
      eadMinor: fc.bigInt(0n, 10n ** 15n),
      remainingMonths: fc.integer({ min: 0, max: 360 }),
    });
    fc.assert(
      fc.property(facts, (own) => {
        const [first, second, third] = ([1, 2, 3] as const).map((at) => expectedLossMinor({ ...own, stage: at })) as [bigint, bigint, bigint];
        expect(first <= second && second <= third && third <= own.eadMinor).toBe(true);
      }),
    );
  });
});

describe('the schedule (G-PV-01)', () => {
  const BALANCE = { principalMinor: 10_000_000n, interestMinor: 60_050n };
  const ofClass = (loanClass: LoanClass, change: Partial<ProvisionParameters> = {}): bigint => scheduleMinor(BALANCE, loanClass, { ...PARAMETERS, ...change });

  test('1%, 2%, 25%, 50% and 100% of principal and accrued interest, each rounded once', () => {
    expect(LOAN_CLASSES.map((one) => ofClass(one))).toEqual([100_601n, 201_201n, 2_515_013n, 5_030_025n, 10_060_050n]);
    expect(LOAN_CLASSES.map((one) => ofClass(one, { base: 'principal' }))).toEqual([100_000n, 200_000n, 2_500_000n, 5_000_000n, 10_000_000n]);
  });

  test('the third and the fourth class may float by a fifth', () => {
    const up = { base: 'principal', substandardFloatBps: 2_000, doubtfulFloatBps: -2_000 } as const;
    expect(LOAN_CLASSES.map((one) => ofClass(one, up))).toEqual([100_000n, 200_000n, 3_000_000n, 4_000_000n, 10_000_000n]);
  });

  test('M-PV-01: the greater of schedule and expected loss is booked, or what the lender has chosen', () => {
    expect([bookedProvisionMinor(3n, 2n, PARAMETERS), bookedProvisionMinor(2n, 3n, PARAMETERS)]).toEqual([3n, 3n]);
    expect(bookedProvisionMinor(3n, 2n, { ...PARAMETERS, method: 'ecl' })).toBe(2n);
    expect(bookedProvisionMinor(2n, 3n, { ...PARAMETERS, method: 'schedule' })).toBe(2n);
  });
});

describe('a book of loans (G-PV-02)', () => {
  const MILLION = 100_000_000n;
  const line = (loanClass: LoanClass, balanceMinor: bigint): BookLine => ({
    class: loanClass,
    balanceMinor,
    provisionMinor: scheduleMinor({ principalMinor: balanceMinor, interestMinor: 0n }, loanClass, PARAMETERS),
  });
  const BOOK = [
    line('NORMAL', 90n * MILLION),
    line('SPECIAL_MENTION', 5n * MILLION),
    line('SUBSTANDARD', 2n * MILLION),
    line('DOUBTFUL', (3n * MILLION) / 2n),
    line('LOSS', (3n * MILLION) / 2n),
  ];

  test('90, 5, 2, 1.5 and 1.5 million: 3.75 million is set aside, which is 3.75% of all and 75% of the non-performing 5%', () => {
    expect(BOOK.map(({ provisionMinor }) => provisionMinor)).toEqual([90_000_000n, 10_000_000n, 50_000_000n, 75_000_000n, 150_000_000n]);
    expect(bookRatios(BOOK, PARAMETERS)).toEqual({
      balanceMinor: 100n * MILLION,
      nonPerformingMinor: 5n * MILLION,
      provisionMinor: 375_000_000n,
      nonPerformingBps: 500,
      coverageBps: 7_500,
      loanProvisionBps: 375,
      breaches: ['coverage'],
    });
  });

  test('G-PV-03: under relief other floors hold; a fen below is a breach, whatever the ratio is rounded to', () => {
    const at = (coverageMinor: bigint): readonly string[] =>
      bookRatios([{ class: 'LOSS', balanceMinor: MILLION, provisionMinor: coverageMinor }], { ...PARAMETERS, coverageFloorBps: 12_000 }).breaches;
    expect([at(120_000_000n), at(119_999_999n)]).toEqual([[], ['coverage']]);
    const thin = [{ class: 'NORMAL', balanceMinor: MILLION, provisionMinor: 2_499_999n }] as const;
    expect(bookRatios(thin, PARAMETERS)).toMatchObject({ loanProvisionBps: 250, coverageBps: null, breaches: ['loan_provision'] });
    expect(bookRatios(thin, { ...PARAMETERS, loanProvisionFloorBps: 150 }).breaches).toEqual([]);
  });

  test('a book without loans has no ratio and lacks nothing', () => {
    expect(bookRatios([], PARAMETERS)).toMatchObject({ nonPerformingBps: null, coverageBps: null, loanProvisionBps: null, breaches: [] });
  });
});
