import type { CodeFor } from '@millrace/reasons';
import { pdOf } from './score-scale.js';
import type { Characteristic, Contribution, Scorecard, ScorecardInputs, ScorecardResult } from './scorecard.js';

const MISSING_INPUT = 'INPUT_NOT_AVAILABLE';

function pointsAt(characteristic: Characteristic, value: number): number {
  const { bins, knots } = characteristic;
  if (bins) {
    const bin = bins.find(({ from, below }) => (from === null || value >= from) && (below === null || value < below));
    return bin ? bin.points : characteristic.missingPoints;
  }
  if (!knots || knots.length === 0) throw new Error(`characteristic ${characteristic.name} has neither bins nor knots`);
  const next = knots.findIndex((knot) => value < knot.at);
  if (next === 0) return knots[0]!.points;
  const left = knots.at(next === -1 ? -1 : next - 1)!;
  if (next === -1) return left.points;
  const right = knots[next]!;
  // Whole points, so that a score can be added up by hand and does not depend on a platform's last bit.
  return Math.round(left.points + ((right.points - left.points) * (value - left.at)) / (right.at - left.at));
}

/** Most points that a characteristic can give. */
export function bestPointsOf({ bins, knots, missingPoints }: Characteristic): number {
  return Math.max(missingPoints, ...(bins ?? knots ?? []).map(({ points }) => points));
}

function contributionOf(characteristic: Characteristic, inputs: ScorecardInputs): Contribution {
  const given = inputs[characteristic.input];
  const value = given === undefined || given === null || !Number.isFinite(given) ? null : given;
  const points = value === null ? characteristic.missingPoints : pointsAt(characteristic, value);
  const bestPoints = bestPointsOf(characteristic);
  return {
    name: characteristic.name,
    input: characteristic.input,
    value,
    points,
    bestPoints,
    lostPoints: bestPoints - points,
    reasonCode: value === null ? MISSING_INPUT : characteristic.reasonCode,
  };
}

function reasonCodesOf(contributions: readonly Contribution[]): CodeFor<'score'>[] {
  const losing = contributions.filter(({ lostPoints }) => lostPoints > 0);
  // The sort is stable, so equal losses keep the artefact's order and reasons never flicker.
  losing.sort((a, b) => b.lostPoints - a.lostPoints);
  return [...new Set(losing.map(({ reasonCode }) => reasonCode))];
}

/** Score, PD and reasons of a firm; pure, so the stored inputs give the same answer for good (R-CR-01). */
export function evaluateScorecard(scorecard: Scorecard, inputs: ScorecardInputs): ScorecardResult {
  const contributions = scorecard.characteristics.map((characteristic) => contributionOf(characteristic, inputs));
  const sum = contributions.reduce((total, { points }) => total + points, scorecard.basePoints);
  const score = Math.min(Math.max(sum, scorecard.minScore), scorecard.maxScore);
  const known = contributions.filter(({ value }) => value !== null).length;
  return {
    scorecardId: scorecard.id,
    scorecardSha256: scorecard.sha256,
    score,
    pd: pdOf(score, scorecard.scale).toFixed(6),
    basePoints: scorecard.basePoints,
    contributions,
    completeness: contributions.length === 0 ? 0 : known / contributions.length,
    reasonCodes: reasonCodesOf(contributions),
  };
}
