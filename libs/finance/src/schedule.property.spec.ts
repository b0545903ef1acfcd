import fc from 'fast-check';
import { addMonths } from './calendar-date.js';
import { DAY_COUNTS } from './day-count.js';
import { annualRates } from './effective-rate.js';
import { buildSchedule } from './schedule.js';
import { REPAYMENT_METHODS, type ScheduleTerms } from './schedule-terms.js';

const date = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-12-31T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const percent = fc.integer({ min: 0, max: 36_000 }).map((thousandths) => (thousandths / 1000).toFixed(3));

const terms: fc.Arbitrary<ScheduleTerms> = fc
  .record({
    method: fc.constantFrom(...REPAYMENT_METHODS),
    principalMinor: fc.oneof(fc.bigInt(1n, 1_000n), fc.bigInt(1n, 10n ** 12n)),
    annualRatePercent: percent,
    instalments: fc.oneof(fc.integer({ min: 1, max: 36 }), fc.constantFrom(1, 120, 360)),
    disbursedOn: date,
    dayCount: fc.constantFrom(...DAY_COUNTS),
    stubDays: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
  })
  .map(({ stubDays, ...rest }) => ({
    ...rest,
    firstDueOn: stubDays === undefined ? undefined : new Date(Date.parse(rest.disbursedOn) + stubDays * 86_400_000).toISOString().slice(0, 10),
  }));

test('whatever the terms: agreed rows, principal repaid to the cent, nothing negative, dates that move on', () => {
  fc.assert(
    fc.property(terms, (given) => {
      const { rows, totalInterestMinor } = buildSchedule(given);
      expect(rows).toHaveLength(given.method === 'bullet' ? 1 : given.instalments);
      let balanceMinor = given.principalMinor;
      let interestMinor = 0n;
      let due = given.disbursedOn;
      rows.forEach((row, index) => {
        expect(row.number).toBe(index + 1);
        expect(row.due > due).toBe(true);
        expect(row.principalMinor >= 0n && row.interestMinor >= 0n).toBe(true);
        expect(row.totalMinor).toBe(row.principalMinor + row.interestMinor);
        balanceMinor -= row.principalMinor;
        interestMinor += row.interestMinor;
        expect(row.balanceMinor).toBe(balanceMinor);
        due = row.due;
      });
      expect(balanceMinor).toBe(0n);
      expect(interestMinor).toBe(totalInterestMinor);
      expect(due).toBe(addMonths(given.firstDueOn ?? given.disbursedOn, given.instalments - (given.firstDueOn ? 1 : 0), dayKept(given)));
    }),
    { numRuns: 300 },
  );
});

/** The day the chain keeps, told again from the rule: the disbursement's if the first due date is on its chain. */
function dayKept({ disbursedOn, firstDueOn }: ScheduleTerms): number {
  const first = firstDueOn ?? disbursedOn;
  for (let months = 0; months <= 4; months += 1) {
    if (addMonths(disbursedOn, months) === first) return Number(disbursedOn.slice(8));
  }
  return Number(first.slice(8));
}

test('without a fee, a monthly schedule costs its contract rate', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('equal_instalment' as const, 'equal_principal' as const, 'interest_monthly' as const),
      fc.bigInt(10n ** 8n, 10n ** 12n),
      percent,
      fc.integer({ min: 1, max: 60 }),
      date,
      (method, principalMinor, annualRatePercent, instalments, disbursedOn) => {
        const { rows } = buildSchedule({ method, principalMinor, annualRatePercent, instalments, disbursedOn, dayCount: 'periodic' });
        const rates = annualRates(
          principalMinor,
          rows.map((row) => ({ amountMinor: row.totalMinor, monthDays: row.monthDays })),
        );
        expect(Math.abs(rates.nominalAnnualRateBps - Number(annualRatePercent) * 100)).toBeLessThan(0.02);
        const effectiveBps = ((1 + Number(annualRatePercent) / 1200) ** 12 - 1) * 10_000;
        expect(Math.abs(rates.effectiveAnnualRateBps - effectiveBps)).toBeLessThan(0.02);
      },
    ),
    { numRuns: 60 },
  );
});
