/** What a PSI asks for (M-MM-01); below 500 cases the figure is noise and nothing is concluded from it. */
export type PsiVerdict = 'stable' | 'watch' | 'act' | 'too_few_cases';

const WATCH_FROM = 0.1;
const ACT_ABOVE = 0.25;
const LEAST_CASES = 500;

/** Shares of `counts`, an empty bin counting half a case so that the logarithm exists. */
export function sharesOf(counts: readonly number[]): number[] {
  const filled = counts.map((count) => (count === 0 ? 0.5 : count));
  const total = filled.reduce((sum, count) => sum + count, 0);
  return filled.map((count) => count / total);
}

/** Population stability index Σ(actual − expected)·ln(actual ÷ expected) over the same bins; shares must be above zero. */
export function psi(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length || actual.length === 0) throw new RangeError('PSI needs the same bins on both sides');
  if ([...actual, ...expected].some((share) => !(share > 0))) throw new RangeError('PSI needs shares above zero');
  return actual.reduce((sum, share, bin) => sum + (share - expected[bin]!) * Math.log(share / expected[bin]!), 0);
}

/** Reads a PSI: below 0.10 stable, to 0.25 watch, above act. */
export function psiVerdict(value: number, cases: number): PsiVerdict {
  if (cases < LEAST_CASES) return 'too_few_cases';
  if (value < WATCH_FROM) return 'stable';
  return value > ACT_ABOVE ? 'act' : 'watch';
}
