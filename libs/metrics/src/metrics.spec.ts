import fc from 'fast-check';
import { auc, aucWithInterval, type ScoredOutcome } from './auc.js';
import { ks, ksWithInterval } from './ks.js';
import { psi, psiVerdict, sharesOf } from './psi.js';
import { seededRandom, shuffled } from './seeded-random.js';

const cases = (goods: readonly number[], bads: readonly number[]): ScoredOutcome[] => [
  ...goods.map((risk) => ({ risk, bad: false })),
  ...bads.map((risk) => ({ risk, bad: true })),
];
const scored = fc.tuple(
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }),
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }),
);

test('AUC is the share of pairs in the right order, a tie half', () => {
  expect(auc(cases([1, 2, 3], [4, 5]))).toBe(1);
  expect(auc(cases([4, 5], [1, 2]))).toBe(0);
  expect(auc(cases([1, 1], [1]))).toBe(0.5);
  expect(auc(cases([1, 3, 5], [2, 5]))).toBeCloseTo((1 + 2.5) / 6, 12);
  fc.assert(
    fc.property(scored, ([goods, bads]) => {
      const pairs = goods.flatMap((good) => bads.map((bad): number => (bad > good ? 1 : bad === good ? 0.5 : 0)));
      expect(auc(cases(goods, bads))).toBeCloseTo(pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length, 12);
    }),
  );
});

test('KS is the greatest distance of the two distributions, ties stepping together', () => {
  expect(ks(cases([1, 2, 3], [4, 5]))).toBe(1);
  expect(ks(cases([1, 1], [1]))).toBe(0);
  expect(ks(cases([1, 2, 3, 4], [3, 4, 5, 6]))).toBe(0.5);
  fc.assert(
    fc.property(scored, ([goods, bads]) => {
      const share = (values: readonly number[], cut: number): number => values.filter((value) => value <= cut).length / values.length;
      const expected = Math.max(...Array.from({ length: 10 }, (_, cut) => Math.abs(share(goods, cut) - share(bads, cut))));
      expect(ks(cases(goods, bads))).toBeCloseTo(expected, 12);
    }),
  );
});

test('intervals hold the value, narrow with more cases, and are the same each time', () => {
  const few = cases([1, 2, 3, 4, 6], [3, 5, 7]);
  const many = Array.from({ length: 20 }, () => few).flat();
  for (const estimate of [aucWithInterval, ksWithInterval]) {
    const narrow = estimate(many);
    const wide = estimate(few);
    expect(narrow.low).toBeLessThanOrEqual(narrow.value);
    expect(narrow.high).toBeGreaterThanOrEqual(narrow.value);
    expect(narrow.high - narrow.low).toBeLessThan(wide.high - wide.low);
    expect(estimate(few)).toEqual(wide);
    expect(wide).toMatchObject({ goods: 5, bads: 3 });
  }
});

test('the DeLong interval agrees with a worked example', () => {
  const { value, low, high } = aucWithInterval(cases([1, 2, 3, 4, 6], [3, 5, 7]));
  expect(value).toBeCloseTo(23 / 30, 12);
  const placed = { bads: [0.5, 0.8, 1], goods: [1, 1, 5 / 6, 2 / 3, 1 / 3] };
  const variance = (values: number[]): number => {
    const centre = values.reduce((sum, each) => sum + each, 0) / values.length;
    return values.reduce((sum, each) => sum + (each - centre) ** 2, 0) / (values.length - 1) / values.length;
  };
  const reach = (1.959964 * Math.sqrt(variance(placed.bads) + variance(placed.goods))) / (value * (1 - value));
  expect(Math.log(high / (1 - high)) - Math.log(value / (1 - value))).toBeCloseTo(reach, 9);
  expect(Math.log(value / (1 - value)) - Math.log(low / (1 - low))).toBeCloseTo(reach, 9);
});

test('one group alone or no number at all is refused', () => {
  expect(() => auc(cases([1], []))).toThrow(RangeError);
  expect(() => ks(cases([], [1]))).toThrow(RangeError);
  expect(() => auc(cases([Number.NaN], [1]))).toThrow(RangeError);
});

test.each([
  [[0.08, 0.09, 0.09, 0.1, 0.1, 0.1, 0.1, 0.11, 0.11, 0.12], 0.0121, 'stable'],
  [[0.16, 0.14, 0.12, 0.11, 0.1, 0.09, 0.08, 0.07, 0.07, 0.06], 0.0936, 'stable'],
  [[0.2, 0.16, 0.13, 0.11, 0.1, 0.08, 0.07, 0.06, 0.05, 0.04], 0.2316, 'watch'],
] as const)('M-MM-01: the PSI of %j is %f', (actual, expected, verdict) => {
  const value = psi(actual, new Array<number>(10).fill(0.1));
  expect(value.toFixed(4)).toBe(expected.toFixed(4));
  expect(psiVerdict(value, 500)).toBe(verdict);
  expect(psiVerdict(value, 499)).toBe('too_few_cases');
});

test('PSI bins that differ or are empty are refused; counts with empty bins still give shares', () => {
  expect(() => psi([1], [0.5, 0.5])).toThrow(RangeError);
  expect(() => psi([0, 1], [0.5, 0.5])).toThrow(RangeError);
  expect(sharesOf([0, 9.5])).toEqual([0.05, 0.95]);
  expect(psiVerdict(0.26, 1000)).toBe('act');
});

test('the seeded generator is uniform enough and repeats', () => {
  const [first, second] = [seededRandom(7), seededRandom(7)];
  const draws = Array.from({ length: 10_000 }, () => first());
  expect(draws).toEqual(Array.from({ length: 10_000 }, () => second()));
  expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(0.5, 1);
  expect(shuffled([1, 2, 3, 4], seededRandom(1)).sort()).toEqual([1, 2, 3, 4]);
});
