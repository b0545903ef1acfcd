import { scorecardSha256 } from '../src/scorecard/load-scorecard.js';
import { SCORE_SCALE } from '../src/scorecard/score-scale.js';
import type { Characteristic, Scorecard } from '../src/scorecard/scorecard.js';
import type { Candidate } from './candidate-characteristics.js';
import type { PercentileScale } from './percentile-scale.js';
import type { Coefficients } from './ridge-logistic.js';

/** How log odds of the sample become log odds of the portfolio: slope × log odds + shift. */
export interface Calibration {
  readonly slope: number;
  readonly shift: number;
}

/** What a scorecard is made of, beside its points. */
export interface ScorecardHead {
  readonly id: string;
  readonly description: string;
  readonly training?: Readonly<Record<string, unknown>>;
}

/** Points = −b × β × standing, moved so that the worst knot of each characteristic has 0 points; all in whole points. */
export function buildScorecard(
  head: ScorecardHead,
  candidates: readonly Candidate[],
  scales: readonly PercentileScale[],
  coefficients: Coefficients,
  { slope, shift }: Calibration,
): Scorecard {
  let base = SCORE_SCALE.a - SCORE_SCALE.b * (slope * coefficients[0]! + shift);
  const characteristics = candidates.map((candidate, at): Characteristic => {
    // Standing is oriented (best = +0.5), so a coefficient above zero would pay points for what we hold to be worse.
    const perStanding = -SCORE_SCALE.b * slope * Math.min(coefficients[at + 1]!, 0);
    const { knots } = scales[at]!;
    const worst = Math.min(...knots.map(({ standing }) => standing));
    base += perStanding * worst;
    const points = knots.map(({ at: where, standing }) => ({ at: where, points: Math.round(perStanding * (standing - worst)) }));
    return { name: candidate.name, input: candidate.input, knots: points, missingPoints: 0, reasonCode: candidate.reasonCode };
  });
  const content = { ...head, scale: SCORE_SCALE, basePoints: Math.round(base), minScore: 200, maxScore: 1000, characteristics };
  return { ...content, sha256: scorecardSha256(content) };
}
