import { buildSchedule, type Schedule } from './schedule.js';
import type { ScheduleTerms } from './schedule-terms.js';

const TERMS: ScheduleTerms = {
  method: 'equal_instalment',
  principalMinor: 30_000_000n,
  annualRatePercent: '6.35',
  instalments: 12,
  disbursedOn: '2026-03-02',
  dayCount: 'periodic',
};

const schedule = (changes: Partial<ScheduleTerms> = {}): Schedule => buildSchedule({ ...TERMS, ...changes });
const dues = (changes: Partial<ScheduleTerms>): string[] => schedule(changes).rows.map((row) => row.due);
const totals = ({ rows }: Schedule): bigint[] => rows.map((row) => row.totalMinor);

describe('M-RS-01, R-DB-05: equal_instalment 等额本息', () => {
  test('S01: 300,000 at 6.35% over 12 months', () => {
    const { rows, instalmentMinor, totalInterestMinor } = schedule();
    expect(instalmentMinor).toBe(2_586_822n);
    expect(rows.map((row) => row.totalMinor)).toEqual([...Array<bigint>(11).fill(2_586_822n), 2_586_817n]);
    expect(totalInterestMinor).toBe(1_041_859n);
    expect(rows[0]).toEqual({
      number: 1,
      due: '2026-04-02',
      principalMinor: 2_428_072n,
      interestMinor: 158_750n,
      totalMinor: 2_586_822n,
      balanceMinor: 27_571_928n,
      monthDays: 30,
    });
  });

  test('300,000 at 7.2%: last row, interest, the balance after 6 and row 3', () => {
    const { rows, instalmentMinor, totalInterestMinor } = schedule({ annualRatePercent: '7.2' });
    expect(instalmentMinor).toBe(2_598_569n);
    expect(rows[11]?.totalMinor).toBe(2_598_571n);
    expect(totalInterestMinor).toBe(1_182_830n);
    expect(rows[5]?.balanceMinor).toBe(15_269_166n);
    expect(rows[2]).toMatchObject({ principalMinor: 2_447_679n, interestMinor: 150_890n });
  });

  test.each([
    ['S07', 19_000_000n, '6.85', 1_642_695n],
    ['S08', 146_000_000n, '5.95', 12_562_344n],
  ])('%s: %s fen at %s%% is %s a month', (_id, principalMinor, annualRatePercent, instalmentMinor) => {
    expect(schedule({ principalMinor, annualRatePercent }).instalmentMinor).toBe(instalmentMinor);
  });

  // Computed apart from this code, in rational arithmetic (Python fractions) from the definition of the annuity.
  test.each([
    ['30E/360' as const, '2026-01-31', undefined, 2_586_743n, 1_040_921n],
    ['ACT/365' as const, '2026-03-02', undefined, 2_587_285n, 1_047_420n],
    ['ACT/360' as const, '2026-03-02', '2026-04-20', 2_596_683n, 1_160_195n],
    ['periodic' as const, '2026-03-02', '2026-04-20', 2_594_991n, 1_139_897n],
  ])('%s paid out %s, first due %s', (dayCount, disbursedOn, firstDueOn, instalmentMinor, totalInterestMinor) => {
    expect(schedule({ dayCount, disbursedOn, firstDueOn })).toMatchObject({ instalmentMinor, totalInterestMinor });
  });

  test('the instalment stays level however the months differ', () => {
    const { rows, instalmentMinor } = schedule({ dayCount: 'ACT/365', instalments: 60 });
    expect(new Set(rows.slice(0, -1).map((row) => row.totalMinor))).toEqual(new Set([instalmentMinor]));
  });
});

test('equal_principal 等额本金: level principal, falling interest', () => {
  const { rows, totalInterestMinor, instalmentMinor } = schedule({ method: 'equal_principal', annualRatePercent: '7.2' });
  expect(rows.map((row) => row.principalMinor)).toEqual(Array<bigint>(12).fill(2_500_000n));
  expect(rows.map((row) => row.interestMinor)).toEqual([180, 165, 150, 135, 120, 105, 90, 75, 60, 45, 30, 15].map((yuan) => BigInt(yuan) * 1000n));
  expect(totalInterestMinor).toBe(1_170_000n);
  expect(instalmentMinor).toBe(2_680_000n);
});

test('equal_principal: the last row takes the rest', () => {
  const rest = schedule({ method: 'equal_principal', principalMinor: 10_000n, annualRatePercent: '0', instalments: 3 });
  expect(totals(rest)).toEqual([3_333n, 3_333n, 3_334n]);
});

test('interest_monthly 先息后本: interest each month, the principal with the last', () => {
  const { rows, totalInterestMinor } = schedule({ method: 'interest_monthly', principalMinor: 50_000_000n, annualRatePercent: '7.2' });
  expect(rows.map((row) => row.totalMinor)).toEqual([...Array<bigint>(11).fill(300_000n), 50_300_000n]);
  expect(totalInterestMinor).toBe(3_600_000n);
});

describe('bullet 一次还本付息', () => {
  test('one row at the end of the tenor', () => {
    expect(schedule({ method: 'bullet', annualRatePercent: '7.2' }).rows).toEqual([
      { number: 1, due: '2027-03-02', principalMinor: 30_000_000n, interestMinor: 2_160_000n, totalMinor: 32_160_000n, balanceMinor: 0n, monthDays: 360 },
    ]);
  });

  test.each([
    ['one instalment, due on day 180', 1, '2026-06-30'],
    ['six instalments, the first of them due so that the sixth is day 180', 6, '2026-01-30'],
  ])('500,000 at 7.2%% for 180 days ACT/360 is 18,000.00: %s', (_name, instalments, firstDueOn) => {
    const { rows } = schedule({
      method: 'bullet',
      principalMinor: 50_000_000n,
      annualRatePercent: '7.2',
      instalments,
      disbursedOn: '2026-01-01',
      firstDueOn,
      dayCount: 'ACT/360',
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ due: '2026-06-30', interestMinor: 1_800_000n });
  });
});

describe('due dates', () => {
  test('keep the day of disbursement, or the last of the month', () => {
    expect(dues({ disbursedOn: '2026-01-31', instalments: 4 })).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
    expect(dues({ disbursedOn: '2028-01-30', instalments: 2 })).toEqual(['2028-02-29', '2028-03-30']);
  });

  test('follow the day of a first due date off the chain', () => {
    expect(dues({ firstDueOn: '2026-04-20', instalments: 3 })).toEqual(['2026-04-20', '2026-05-20', '2026-06-20']);
    expect(dues({ firstDueOn: '2026-05-31', instalments: 3 })).toEqual(['2026-05-31', '2026-06-30', '2026-07-31']);
    expect(dues({ disbursedOn: '2026-01-15', firstDueOn: '2026-02-28', instalments: 2 })).toEqual(['2026-02-28', '2026-03-28']);
  });

  test('a first due date on the chain only moves the start', () => {
    expect(dues({ disbursedOn: '2026-01-31', firstDueOn: '2026-02-28', instalments: 2 })).toEqual(['2026-02-28', '2026-03-31']);
    expect(dues({ disbursedOn: '2026-01-31', firstDueOn: '2026-04-30', instalments: 2 })).toEqual(['2026-04-30', '2026-05-31']);
    expect(schedule({ firstDueOn: '2026-04-02' })).toEqual(schedule());
  });

  test('a stub bears interest for its own length', () => {
    const firstInterest = (changes: Partial<ScheduleTerms>): bigint | undefined => schedule(changes).rows[0]?.interestMinor;
    expect(firstInterest({ annualRatePercent: '7.2', firstDueOn: '2026-04-20' })).toBe(288_000n);
    expect(firstInterest({ annualRatePercent: '7.2', firstDueOn: '2026-03-12' })).toBe(60_000n);
    expect(firstInterest({ annualRatePercent: '7.2', firstDueOn: '2026-04-20', dayCount: 'ACT/360' })).toBe(294_000n);
    expect(firstInterest({ annualRatePercent: '7.3', firstDueOn: '2026-04-20', dayCount: 'ACT/365' })).toBe(294_000n);
  });
});

describe('edges', () => {
  test('fewer cents than instalments: the agreed rows, none negative', () => {
    for (const method of ['equal_instalment', 'equal_principal'] as const) {
      const { rows } = schedule({ method, principalMinor: 10n, annualRatePercent: '0' });
      expect(rows.map((row) => row.principalMinor)).toEqual([...Array<bigint>(10).fill(1n), 0n, 0n]);
    }
  });

  test('half a cent of interest is rounded up although a twelfth of 1% has no end', () => {
    expect(schedule({ principalMinor: 600n, annualRatePercent: '1', instalments: 1 }).rows[0]?.interestMinor).toBe(1n);
  });

  test('a first period dearer than the level instalment pays its interest alone and the rest is levelled anew', () => {
    const { rows, instalmentMinor } = schedule({ annualRatePercent: '12', instalments: 360, firstDueOn: '2027-03-02' });
    expect(rows[0]).toMatchObject({ principalMinor: 0n, interestMinor: 3_600_000n, balanceMinor: 30_000_000n });
    expect(rows.slice(1, -1).every((row) => row.totalMinor === instalmentMinor)).toBe(true);
    expect(rows).toHaveLength(360);
    expect(rows.at(-1)?.principalMinor).toBeGreaterThan(0n);
  });

  test.each<[string, Partial<ScheduleTerms>]>([
    ['principal must be more than zero', { principalMinor: 0n }],
    ['principal must be more than zero', { principalMinor: -1n }],
    ['whole minor units', { principalMinor: 100.5 as unknown as bigint }],
    ['18 digits', { principalMinor: 10n ** 18n }],
    ['must not be negative', { annualRatePercent: '-0.01' }],
    ['not a number', { annualRatePercent: 'NaN' }],
    ['above 1000', { annualRatePercent: '1000.01' }],
    ['whole number from 1 to 600', { instalments: 0 }],
    ['whole number from 1 to 600', { instalments: 601 }],
    ['whole number from 1 to 600', { instalments: 1.5 }],
    ['unknown method', { method: 'balloon' as 'bullet' }],
    ['unknown day count', { dayCount: '30/360' as 'ACT/365' }],
    ['no such day', { disbursedOn: '2026-02-30' }],
    ['no such day', { firstDueOn: '2026-04-31' }],
    ['must be after the disbursement', { firstDueOn: '2026-03-02' }],
    ['date after 9999', { disbursedOn: '9999-12-31' }],
  ])('refused: %s', (message, changes) => {
    expect(() => schedule(changes)).toThrow(expect.objectContaining({ name: 'InvalidTermsError', message: expect.stringContaining(message) }));
  });
});

describe('due dates that are agreed otherwise', () => {
  test('a missing day goes to the first of the next month and is counted from the anchor, never from the moved date', () => {
    expect(dues({ disbursedOn: '2026-01-31', instalments: 4, missingDay: 'first_day_of_next_month' })).toEqual([
      '2026-03-01',
      '2026-03-31',
      '2026-05-01',
      '2026-05-31',
    ]);
    expect(dues({ disbursedOn: '2028-01-30', instalments: 2, missingDay: 'first_day_of_next_month' })).toEqual(['2028-03-01', '2028-03-30']);
    expect(dues({ disbursedOn: '2026-01-31', instalments: 4 })).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
  });

  test('a month whose end has moved is still a month of a periodic loan', () => {
    const { rows } = schedule({ disbursedOn: '2026-01-31', instalments: 3, method: 'interest_monthly', missingDay: 'first_day_of_next_month' });
    expect(rows.map(({ interestMinor }) => interestMinor)).toEqual([158_750n, 158_750n, 158_750n]);
  });

  test('agreed dates at the ends of months are months of a periodic loan, as those of a chain are', () => {
    const agreed = { disbursedOn: '2026-01-31', dueDates: ['2026-02-28', '2026-03-31', '2026-04-30'], instalments: 3 };
    expect(schedule(agreed).rows).toEqual(schedule({ disbursedOn: '2026-01-31', instalments: 3 }).rows);
    const { rows } = schedule({ disbursedOn: '2026-02-28', dueDates: ['2026-03-28', '2026-05-15'], instalments: 2, method: 'interest_monthly' });
    // A month of 1,587.50, and one with 17 days of thirty.
    expect(rows.map(({ interestMinor }) => interestMinor)).toEqual([158_750n, 248_708n]);
  });

  test('a quarter is three months: 300,000 at 6.35%, interest a quarter', () => {
    const { rows } = schedule({ periodMonths: 3, instalments: 4, method: 'interest_monthly' });
    expect(rows.map(({ due }) => due)).toEqual(['2026-06-02', '2026-09-02', '2026-12-02', '2027-03-02']);
    expect(rows.map(({ interestMinor }) => interestMinor)).toEqual([476_250n, 476_250n, 476_250n, 476_250n]);
  });

  test('dates of a season follow no chain; each period counts its own days', () => {
    const seasons = ['2026-06-15', '2026-10-15', '2027-01-20'];
    const { rows } = schedule({ dueDates: seasons, instalments: 3, method: 'interest_monthly', dayCount: 'ACT/360', annualRatePercent: '7.2' });
    expect(rows.map(({ due }) => due)).toEqual(seasons);
    // 300,000 × 7.2% / 360 = 60.00 a day; 105, 122 and 97 days.
    expect(rows.map(({ interestMinor }) => interestMinor)).toEqual([630_000n, 732_000n, 582_000n]);
  });

  test.each([
    [{ dueDates: ['2026-04-02'] }, 'there are 1 due dates for 12 instalments'],
    [{ dueDates: ['2026-03-02'], instalments: 1 }, 'due date 2026-03-02 must be after 2026-03-02'],
    [{ periodMonths: 0 }, 'a period must be a whole number of months from 1 to 120: 0'],
    [{ missingDay: 'last' as never }, 'unknown rule for a missing day: last'],
    [{ instalmentMultipleMinor: 0n }, 'the multiple of an instalment must be more than zero'],
  ])('%j is refused', (changes, line) => {
    expect(() => schedule(changes)).toThrow(line);
  });
});

describe('instalments of whole yuan', () => {
  test('a multiple rounds the instalment up; the last one takes the rest', () => {
    const { rows } = schedule({ instalmentMultipleMinor: 100n });
    expect(totals(schedule({ instalmentMultipleMinor: 100n })).slice(0, 11)).toEqual(Array<bigint>(11).fill(2_586_900n));
    expect(rows[11]!.totalMinor).toBeLessThan(2_586_900n);
    expect(rows[11]!.balanceMinor).toBe(0n);
  });

  test('of equal principal it is principal and interest together that are rounded', () => {
    const sums = totals(schedule({ method: 'equal_principal', instalmentMultipleMinor: 1_000n }));
    expect(sums.slice(0, 11).every((total) => total % 1_000n === 0n)).toBe(true);
    expect(sums[0]).toBe(2_659_000n);
  });
});
