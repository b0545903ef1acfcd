/** Score = a − b·ln(odds of bad) (M-SC-01). */
export interface ScoreScale {
  readonly a: number;
  readonly b: number;
}

/** 600 points at bad:good 1:19 (PD 5%), 50 points double the odds: b = 50 ÷ ln 2, a = 600 − b·ln 19, to four places. */
export const SCORE_SCALE: ScoreScale = { a: 387.6036, b: 72.1348 };

/** PD over 12 months of a score, a fraction. */
export function pdOf(score: number, scale: ScoreScale = SCORE_SCALE): number {
  return 1 / (1 + Math.exp((score - scale.a) / scale.b));
}

/** Score of a PD, not rounded; PD must lie strictly between 0 and 1. */
export function scoreOf(pd: number, scale: ScoreScale = SCORE_SCALE): number {
  return scale.a - scale.b * Math.log(pd / (1 - pd));
}
