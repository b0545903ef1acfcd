import { seededRandom } from '@millrace/metrics';
import { fitRidgeLogistic, logOddsOf } from './ridge-logistic.js';

test('a two-by-two table gives its own log odds ratio', () => {
  // 30 of 40 bad with the mark, 10 of 60 without.
  const rows = [...new Array<number[]>(40).fill([1]), ...new Array<number[]>(60).fill([0])];
  const bad = [...rows.slice(0, 40).map((_, at) => at < 30), ...rows.slice(40).map((_, at) => at < 10)];
  const fit = fitRidgeLogistic(rows, bad, 0);
  expect(fit[0]).toBeCloseTo(Math.log(10 / 50), 8);
  expect(fit[1]).toBeCloseTo(Math.log(3) - Math.log(10 / 50), 8);
});

test('the penalty shrinks coefficients but not the mean', () => {
  const random = seededRandom(3);
  const rows = Array.from({ length: 300 }, () => [random() - 0.5, random() - 0.5]);
  const bad = rows.map(([first]) => random() < 1 / (1 + Math.exp(-4 * first!)));
  const [loose, tight] = [fitRidgeLogistic(rows, bad, 0.01), fitRidgeLogistic(rows, bad, 20)];
  expect(loose[1]).toBeGreaterThan(2.5);
  expect(Math.abs(tight[1]!)).toBeLessThan(Math.abs(loose[1]!));
  const mean = rows.reduce((sum, row) => sum + 1 / (1 + Math.exp(-logOddsOf(tight, row))), 0) / rows.length;
  expect(mean).toBeCloseTo(bad.filter(Boolean).length / bad.length, 8);
});
