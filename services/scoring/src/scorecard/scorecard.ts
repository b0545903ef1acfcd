import type { CodeFor } from '@millrace/reasons';

/** Inputs of a scorecard by name; null and absent both mean "not known". */
export type ScorecardInputs = Readonly<Record<string, number | null | undefined>>;

/** A step of a characteristic: `from` is inside, `below` is not; null leaves that side open. */
export interface ScorecardBin {
  readonly from: number | null;
  readonly below: number | null;
  readonly points: number;
}

/** A point of a piecewise-linear characteristic; below the first and above the last knot the points stay. */
export interface ScorecardKnot {
  readonly at: number;
  readonly points: number;
}

/** One line of the scorecard. Points are in score points: more is better, whatever the sign of the input's effect. */
export interface Characteristic {
  readonly name: string;
  /** Name of the input it reads. */
  readonly input: string;
  /** Exactly one of `bins` and `knots` is there. */
  readonly bins?: readonly ScorecardBin[];
  readonly knots?: readonly ScorecardKnot[];
  /** Points of the own bin for "not known"; never above the lowest other points (R-CR-02). */
  readonly missingPoints: number;
  /** Code of the catalogue of reasons where points were lost. */
  readonly reasonCode: CodeFor<'score'>;
}

/** The artefact: data with a content hash, so that a decision names exactly what made it (M-SC-04). */
export interface Scorecard {
  readonly id: string;
  readonly description: string;
  readonly scale: { readonly a: number; readonly b: number };
  readonly basePoints: number;
  readonly minScore: number;
  readonly maxScore: number;
  readonly characteristics: readonly Characteristic[];
  /** Figures of the training, for people; takes part in the hash. */
  readonly training?: Readonly<Record<string, unknown>>;
  /** SHA-256 (hex) of the canonical JSON of everything but this field. */
  readonly sha256: string;
}

/** What one characteristic gave: their sum with the base points is the score before the ends of the scale. */
export interface Contribution {
  readonly name: string;
  readonly input: string;
  readonly value: number | null;
  readonly points: number;
  readonly bestPoints: number;
  readonly lostPoints: number;
  readonly reasonCode: CodeFor<'score'>;
}

/** A score with all it takes to recompute it. */
export interface ScorecardResult {
  readonly scorecardId: string;
  readonly scorecardSha256: string;
  readonly score: number;
  /** Probability of default over 12 months as decimal text, six places. */
  readonly pd: string;
  readonly basePoints: number;
  readonly contributions: readonly Contribution[];
  /** Share of the characteristics whose input was known, 0 to 1 (R-CR-02). */
  readonly completeness: number;
  /** Codes of the characteristics that lost most points, worst first, four at most (R-UW-04). */
  readonly reasonCodes: readonly CodeFor<'score'>[];
}
