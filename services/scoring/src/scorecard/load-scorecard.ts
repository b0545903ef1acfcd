import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { codesFor } from '@millrace/reasons';
import type { Characteristic, Scorecard } from './scorecard.js';

const ARTEFACTS = new URL('../../scorecards/', import.meta.url);

/** The artefact is not what it says it is; it must not score anyone. */
export class ScorecardError extends Error {}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sortKeys(field)]),
  );
}

/** SHA-256 (hex) over the JSON with sorted keys and without the hash itself. */
export function scorecardSha256(scorecard: Omit<Scorecard, 'sha256'> & { readonly sha256?: string }): string {
  const { sha256: _own, ...content } = scorecard;
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(content)))
    .digest('hex');
}

function problemOf(characteristic: Characteristic): string | undefined {
  const { bins, knots, missingPoints, reasonCode } = characteristic;
  const steps = bins ?? knots ?? [];
  if ((bins === undefined) === (knots === undefined) || steps.length === 0) return 'needs either bins or knots';
  if (![missingPoints, ...steps.map(({ points }) => points)].every(Number.isInteger)) return 'has points that are not whole';
  if (steps.some(({ points }) => points < missingPoints)) return 'scores a missing input above a known one (R-CR-02)';
  if (knots?.some((knot, at) => at > 0 && !(knot.at > knots[at - 1]!.at))) return 'has knots out of order';
  const joined = bins?.every((bin, at) => (at === 0 ? bin.from === null : bin.from !== null && bin.from === bins[at - 1]!.below)) ?? true;
  if (!joined || (bins && bins.at(-1)!.below !== null)) return 'has bins with a gap or an overlap';
  return codesFor('score').includes(reasonCode) ? undefined : `has the reason code ${reasonCode}, which is none of ${codesFor('score').join(', ')}`;
}

/** What is wrong with a card beside its characteristics. */
function frameProblemOf({ scale, basePoints, minScore, maxScore }: Partial<Scorecard>): string | undefined {
  const whole = [basePoints, minScore, maxScore].every(Number.isInteger);
  if (!whole || !(minScore! >= 0 && minScore! < maxScore!))
    return 'needs whole basePoints, and whole minScore and maxScore, the one from 0 and below the other';
  if (!Number.isFinite(scale?.a) || !Number.isFinite(scale?.b) || scale!.b <= 0) return 'needs a scale of two numbers, b above 0';
  return undefined;
}

/** Reads an artefact; throws {@link ScorecardError} where its hash, its frame or a characteristic is wrong. */
export function parseScorecard(json: string): Scorecard {
  const scorecard = JSON.parse(json) as Scorecard;
  const { characteristics } = scorecard as { characteristics: readonly Characteristic[] | undefined };
  if (!characteristics?.length) throw new ScorecardError(`scorecard ${scorecard.id} has no characteristics`);
  const sha256 = scorecardSha256(scorecard);
  if (sha256 !== scorecard.sha256) throw new ScorecardError(`scorecard ${scorecard.id} has the content hash ${sha256}, not the one it states`);
  const frame = frameProblemOf(scorecard);
  if (frame) throw new ScorecardError(`scorecard ${scorecard.id} ${frame}`);
  for (const characteristic of characteristics) {
    const problem = problemOf(characteristic);
    if (problem) throw new ScorecardError(`scorecard ${scorecard.id}: ${characteristic.name} ${problem}`);
  }
  return scorecard;
}

/** Ids of the committed artefacts. */
export function scorecardIds(): string[] {
  return readdirSync(ARTEFACTS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

const loaded = new Map<string, Scorecard>();

/** Committed artefact by its id, read once a process; throws {@link ScorecardError} where there is none. */
export function loadScorecard(id: string): Scorecard {
  const known = loaded.get(id);
  if (known) return known;
  if (!scorecardIds().includes(id)) throw new ScorecardError(`there is no scorecard ${id}`);
  const scorecard = parseScorecard(readFileSync(new URL(`${id}.json`, ARTEFACTS), 'utf8'));
  if (scorecard.id !== id) throw new ScorecardError(`scorecard ${scorecard.id} must be the name of its file`);
  loaded.set(id, scorecard);
  return scorecard;
}

/** What is wrong with the committed artefacts, a line each, for the start: old ones too, as scores made by them are computed again. */
export function checkScorecards(): string[] {
  return scorecardIds().flatMap((id) => {
    try {
      loadScorecard(id);
      return [];
    } catch (error) {
      return [`scorecard file ${id}.json: ${(error as Error).message}`];
    }
  });
}
