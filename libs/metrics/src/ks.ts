import { splitByOutcome, type Estimate, type ScoredOutcome } from './auc.js';
import { seededRandom } from './seeded-random.js';

const BOOTSTRAP_DRAWS = 2000;
const BOOTSTRAP_SEED = 20_200_229;

function greatestDistance(bads: Float64Array, goods: Float64Array): number {
  bads.sort();
  goods.sort();
  let greatest = 0;
  let b = 0;
  let g = 0;
  while (b < bads.length && g < goods.length) {
    // All cases of one risk step together: a tie must not look like separation.
    const risk = Math.min(bads[b]!, goods[g]!);
    while (b < bads.length && bads[b] === risk) b += 1;
    while (g < goods.length && goods[g] === risk) g += 1;
    greatest = Math.max(greatest, Math.abs(g / goods.length - b / bads.length));
  }
  return greatest;
}

/** Greatest distance between the distributions of goods and bads over the risk, 0 to 1 (its bands are usually quoted in percent). */
export function ks(cases: readonly ScoredOutcome[]): number {
  const { bads, goods } = splitByOutcome(cases);
  return greatestDistance(Float64Array.from(bads), Float64Array.from(goods));
}

function redrawn(values: readonly number[], random: () => number): Float64Array {
  return Float64Array.from(values, () => values[Math.floor(random() * values.length)]!);
}

/**
 * KS with its 95% percentile-bootstrap interval, goods and bads redrawn apart, from a fixed seed. As a maximum, KS is biased upwards in
 * small samples, and so is the interval.
 */
export function ksWithInterval(cases: readonly ScoredOutcome[], seed = BOOTSTRAP_SEED): Estimate {
  const { bads, goods } = splitByOutcome(cases);
  const random = seededRandom(seed);
  const draws = Float64Array.from({ length: BOOTSTRAP_DRAWS }, () => greatestDistance(redrawn(bads, random), redrawn(goods, random))).sort();
  return {
    value: ks(cases),
    low: draws[Math.floor(BOOTSTRAP_DRAWS * 0.025)]!,
    high: draws[Math.ceil(BOOTSTRAP_DRAWS * 0.975) - 1]!,
    goods: goods.length,
    bads: bads.length,
  };
}
