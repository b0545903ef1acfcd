import { policyOf } from '@millrace/policy';
import { readFileSync } from 'node:fs';
import { evaluateScorecard } from '../../services/scoring/src/scorecard/evaluate-scorecard.js';
import { gradeOf } from '../../services/scoring/src/scorecard/master-scale.js';
import { loadScorecard, parseScorecard, scorecardSha256 } from '../../services/scoring/src/scorecard/load-scorecard.js';
import type { Characteristic, Scorecard, ScorecardInputs, ScorecardKnot } from '../../services/scoring/src/scorecard/scorecard.js';
import { jsonMutants } from './mutate-json.js';

// Goal (T31): no edit of a scorecard passes in silence. Method: every mutant is refused by its hash; and under a hash of its own, as somebody gives it who
// means it well, it is refused by the start's checks, or scores one of the committed examples otherwise, or is shown to score nobody otherwise.
const IDS = ['sme-invoice-v1', 'sme-invoice-v2', 'scenario-v0'];
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const EXAMPLES = JSON.parse(read('scorecards.scores.json')) as Record<string, string[]>;

/** What is for people alone: no score, reason or probability is made of it. */
const FOR_PEOPLE = /^(description|training)\b/;
/** Less than this, in points before they are made whole, is nothing. */
const LEAST_POINTS = 0.01;

const edgesOf = ({ bins, knots }: Characteristic): number[] => (knots ? knots.map(({ at }) => at) : bins!.flatMap(({ from }) => (from === null ? [] : [from])));

/** Shares of the way from one knot to the next: either side of where the first whole point changes, which no knot can move unnoticed, and the middle. */
function sharesOf([left, right]: readonly [ScorecardKnot, ScorecardKnot]): number[] {
  const points = Math.abs(right.points - left.points);
  return points < 2 ? [0.5] : [0.49 / points, 0.51 / points, 0.5];
}

/** Values on, just beside, between and beyond the edges of a characteristic. */
function valuesOf(characteristic: Characteristic): number[] {
  const edges = edgesOf(characteristic);
  const { knots = [] } = characteristic;
  const between = knots.slice(1).flatMap((right, at) => {
    const left = knots[at]!;
    return sharesOf([left, right]).map((share) => Number((left.at + share * (right.at - left.at)).toPrecision(8)));
  });
  const beside = characteristic.bins ? edges.map((edge) => edge - 1) : [];
  return [edges[0]! - 1, ...edges, ...beside, ...between, edges.at(-1)! * 2 + 1].sort((a, b) => a - b);
}

/** Firms that differ in one input from one whose inputs are all middling, and those at the ends of the scale. */
function firmsOf({ characteristics }: Scorecard): ScorecardInputs[] {
  const at = (choose: (values: number[]) => number): ScorecardInputs => Object.fromEntries(characteristics.map((one) => [one.input, choose(valuesOf(one))]));
  const usual = at((values) => values[Math.floor(values.length / 2)]!);
  const best = Object.fromEntries(
    characteristics.map((one) => {
      const points = (value: number): number => evaluateScorecard({ ...CARDLESS, characteristics: [one] }, { [one.input]: value }).score;
      return [one.input, valuesOf(one).reduce((left, right) => (points(right) > points(left) ? right : left))];
    }),
  );
  const single = characteristics.flatMap((one) => [null, ...valuesOf(one)].map((value) => ({ ...usual, [one.input]: value })));
  return [usual, {}, best, ...single];
}

const CARDLESS: Scorecard = { ...loadScorecard('sme-invoice-v2'), basePoints: 0, minScore: 0, maxScore: 10_000 };

const { masterScale: SCALE } = policyOf('online_microloan.v0');

/** What a card says of firms, a line each; of the first one, whose inputs are all known, also how it comes about. */
function scoresOf(card: Scorecard, firms: readonly ScorecardInputs[]): string[] {
  return firms.flatMap((firm, at) => {
    const { scorecardId, score, pd, contributions, reasonCodes } = evaluateScorecard(card, firm);
    const grade = gradeOf(score, SCALE);
    const lost = contributions.reduce((sum, { lostPoints }) => sum + lostPoints, 0);
    const parts = contributions.map(({ input, value, points, lostPoints }) => `${input} ${value}: ${points}, ${lostPoints} lost`);
    return [`${score} ${pd} ${grade} ${lost} ${reasonCodes.slice(0, 4).join(' ')}`, ...(at === 0 ? [scorecardId, ...parts] : [])];
  });
}

const cardFile = (id: string): string => read(`../../services/scoring/scorecards/${id}.json`);

function parsed(document: unknown, seal: boolean): Scorecard | undefined {
  try {
    const content = document as Scorecard;
    return parseScorecard(JSON.stringify(seal ? { ...content, sha256: scorecardSha256(content) } : content));
  } catch {
    return undefined;
  }
}

/** Points before they are made whole; the same rule as the program's, without its rounding. */
function exactPoints({ bins, knots, missingPoints }: Characteristic, value: number): number {
  if (!knots) return bins!.find(({ from, below }) => (from === null || value >= from) && (below === null || value < below))?.points ?? missingPoints;
  const next = knots.findIndex(({ at }) => value < at);
  if (next <= 0) return (next === 0 ? knots[0] : knots.at(-1))!.points;
  const [left, right] = [knots[next - 1]!, knots[next]!];
  return left.points + ((right.points - left.points) * (value - left.at)) / (right.at - left.at);
}

/** Lines between knots are straight, so two that agree at all knots of both agree everywhere. */
function movesNoPoint(one: Characteristic, other: Characteristic): boolean {
  const { bins: _bins, knots: _knots, ...rest } = one;
  const { bins: _otherBins, knots: _otherKnots, ...otherRest } = other;
  if (JSON.stringify(rest) !== JSON.stringify(otherRest)) return false;
  return [...edgesOf(one), ...edgesOf(other)].every((value) => Math.abs(exactPoints(one, value) - exactPoints(other, value)) < LEAST_POINTS);
}

/** Least and greatest sum of points that a card can come to before the ends of its scale. */
function rangeOf({ basePoints, characteristics }: Scorecard): [number, number] {
  const sums = (choose: (...points: number[]) => number): number =>
    characteristics.reduce((sum, one) => sum + choose(one.missingPoints, ...(one.bins ?? one.knots)!.map(({ points }) => points)), basePoints);
  return [sums(Math.min), sums(Math.max)];
}

/** Shown from the two cards alone: the ends of the scale are never reached, and every characteristic gives what it gave. */
function scoresNobodyOtherwise(card: Scorecard, mutant: Scorecard): boolean {
  const frame = ({ id, scale, basePoints, characteristics }: Scorecard): string =>
    JSON.stringify([id, scale, basePoints, characteristics.map(({ name }) => name)]);
  const isInside = ({ minScore, maxScore }: Scorecard): boolean => minScore <= rangeOf(card)[0] && maxScore >= rangeOf(card)[1];
  const ends = card.minScore === mutant.minScore && card.maxScore === mutant.maxScore;
  return (
    frame(card) === frame(mutant) &&
    (ends || (isInside(card) && isInside(mutant))) &&
    card.characteristics.every((one, at) => movesNoPoint(one, mutant.characteristics[at]!))
  );
}

test.each(IDS)('the examples of %s are scored as they say', (id) => {
  const card = loadScorecard(id);
  expect(scoresOf(card, firmsOf(card))).toEqual(EXAMPLES[id]);
});

test.each(IDS)('T31: every mutant of %s is refused, is noticed by an example, or scores nobody otherwise', (id) => {
  const card = loadScorecard(id);
  const firms = firmsOf(card);
  const wanted = EXAMPLES[id]!.join('\n');
  const shares = { refused: 0, noticed: 0, equal: 0, people: 0 };
  const silent: string[] = [];
  for (const { path, what, document } of jsonMutants(cardFile(id))) {
    // Under the hash of before nothing passes; `sha256` itself is then the wrong one.
    if (parsed(document, false)) silent.push(`${what}, under the hash of before`);
    const mutant = path === 'sha256' ? undefined : parsed(document, true);
    if (!mutant) shares.refused += 1;
    else if (scoresOf(mutant, firms).join('\n') !== wanted) shares.noticed += 1;
    else if (FOR_PEOPLE.test(path) || /\.name$/.test(path)) shares.people += 1;
    else if (scoresNobodyOtherwise(card, mutant)) shares.equal += 1;
    else silent.push(what);
  }
  const total = shares.refused + shares.noticed + shares.equal + shares.people + silent.length;
  process.stdout.write(
    `scorecard ${id}: ${total} mutants: all refused by their hash; under a new hash ${shares.refused} refused, ${shares.noticed} noticed by an example, ` +
      `${shares.equal} score nobody otherwise, ${shares.people} of what is for people, ${silent.length} silent\n`,
  );
  expect(silent).toEqual([]);
  expect(Math.min(shares.refused, shares.noticed)).toBeGreaterThan(total / 10);
});
