import { GRADES } from '@millrace/contracts';
import { policyOf } from '@millrace/policy';
import { readFileSync } from 'node:fs';
import { reasonOf } from '@millrace/reasons';
import { evaluateScorecard } from './evaluate-scorecard.js';
import { loadScorecard, parseScorecard, ScorecardError, scorecardSha256 } from './load-scorecard.js';
import { gradeOf } from './master-scale.js';
import { pdOf, SCORE_SCALE, scoreOf } from './score-scale.js';
import type { Scorecard } from './scorecard.js';
import { weightsOfEvidence } from './woe.js';

const { masterScale: SCALE } = policyOf('online_microloan.v0');
const CONTENT: Omit<Scorecard, 'sha256'> = {
  id: 'test',
  description: 'a test',
  scale: SCORE_SCALE,
  basePoints: 500,
  minScore: 300,
  maxScore: 950,
  characteristics: [
    {
      name: 'Sales',
      input: 'sales',
      knots: [
        { at: 0, points: 0 },
        { at: 100, points: 50 },
        { at: 1000, points: 100 },
      ],
      missingPoints: 0,
      reasonCode: 'SALES_LOW',
    },
    {
      name: 'Age',
      input: 'age',
      bins: [
        { from: null, below: 12, points: 10 },
        { from: 12, below: null, points: 40 },
      ],
      missingPoints: -20,
      reasonCode: 'BUSINESS_YOUNG',
    },
  ],
};
const CARD: Scorecard = { ...CONTENT, sha256: scorecardSha256(CONTENT) };

test.each([
  [{ sales: 1000, age: 12 }, 640, []],
  [{ sales: 5000, age: 11.9 }, 610, ['BUSINESS_YOUNG']],
  [{ sales: 50, age: 0 }, 535, ['SALES_LOW', 'BUSINESS_YOUNG']],
  [{ sales: 550, age: 100 }, 615, ['SALES_LOW']],
  [{ sales: -7, age: 12 }, 540, ['SALES_LOW']],
  [{ sales: null }, 480, ['INPUT_NOT_AVAILABLE']],
  [{ sales: Number.NaN, age: 12 }, 540, ['INPUT_NOT_AVAILABLE']],
])('inputs %j give %i points and the reasons of most points lost', (inputs, score, reasonCodes) => {
  const result = evaluateScorecard(CARD, inputs);
  expect(result).toMatchObject({ score, reasonCodes });
  expect(result.contributions.reduce((sum, { points }) => sum + points, result.basePoints)).toBe(score);
});

test('a score keeps to the ends of the scale and says how much was known', () => {
  expect(evaluateScorecard({ ...CARD, basePoints: 2000 }, { sales: 1, age: 1 }).score).toBe(950);
  expect(evaluateScorecard({ ...CARD, basePoints: 0 }, { age: 1 })).toMatchObject({ score: 300, completeness: 0.5 });
});

test('M-SC-04: an artefact with another content, a generous missing bin, gaps or unknown codes scores nobody', () => {
  const sealed = (change: object): string => {
    const content = { ...CONTENT, characteristics: [{ ...CONTENT.characteristics[1]!, ...change }] };
    return JSON.stringify({ ...content, sha256: scorecardSha256(content) });
  };
  expect(parseScorecard(sealed({}))).toMatchObject({ id: 'test' });
  expect(() => parseScorecard(JSON.stringify({ ...CARD, basePoints: 501 }))).toThrow(ScorecardError);
  expect(() => parseScorecard(sealed({ missingPoints: 11 }))).toThrow('R-CR-02');
  expect(() =>
    parseScorecard(
      sealed({
        bins: [
          { from: null, below: 5, points: 1 },
          { from: 6, below: null, points: 2 },
        ],
      }),
    ),
  ).toThrow('gap');
  expect(() => parseScorecard(sealed({ reasonCode: 'NO_SUCH' }))).toThrow('NO_SUCH');
  expect(() => loadScorecard('../package')).toThrow(ScorecardError);
});

test.each([
  [500, '17.391'],
  [550, '9.524'],
  [600, '5.000'],
  [650, '2.564'],
  [700, '1.299'],
  [750, '0.654'],
  [800, '0.328'],
])('M-SC-01: the PD of %i is %s%', (score, percent) => {
  expect((100 * pdOf(score)).toFixed(3)).toBe(percent);
  expect(scoreOf(pdOf(score))).toBeCloseTo(score, 8);
});

test('M-GR-01: grades change exactly at the integer edges', () => {
  const edges = { R1: 807, R2: 757, R3: 706, R4: 669, R5: 639, R6: 600, R7: 564, R8: 532, R9: 488, R10: 0 };
  expect(SCALE.minScore).toEqual(edges);
  GRADES.forEach((grade, at) => {
    expect(gradeOf(edges[grade], SCALE)).toBe(grade);
    if (edges[grade] > 0) expect(gradeOf(edges[grade] - 1, SCALE)).toBe(GRADES[at + 1]!);
  });
  for (const wrong of [-1, 600.5, Number.NaN]) expect(() => gradeOf(wrong, SCALE)).toThrow(RangeError);
  expect(gradeOf(650, { minScore: { ...edges, R5: 651 } })).toBe('R6');
});

test('M-SC-02, M-SC-03: WOE and IV of the tax-growth example: positive is good, and the suspect flag fires', () => {
  const { woe, iv, band } = weightsOfEvidence(
    [
      [400, 80],
      [1600, 120],
      [4000, 140],
      [4000, 60],
    ].map(([total, bad]) => ({ good: total! - bad!, bad: bad! })),
  );
  expect(woe.map((value) => value.toFixed(4))).toEqual(['-1.7918', '-0.6657', '0.1387', '1.0065']);
  expect(iv.toFixed(4)).toBe('0.6651');
  expect(band).toBe('suspect');
  const smoothed = weightsOfEvidence([
    { good: 10, bad: 0 },
    { good: 5, bad: 5 },
  ]);
  expect(smoothed.woe[0]).toBeCloseTo(Math.log(10.5 / 16 / (0.5 / 6)), 12);
});

test.each([
  [42, 700, 'R4'],
  [18, 652, 'R5'],
  [72, 715, 'R3'],
  [5, 555, 'R8'],
  [6, 644, 'R5'],
  [null, 555, 'R8'],
])('scenario-v0: %p months give %i (S01, S07, S08, S09)', (monthsInBusiness, score, grade) => {
  const scored = evaluateScorecard(loadScorecard('scenario-v0'), { monthsInBusiness });
  expect([scored.score, gradeOf(scored.score, SCALE)]).toEqual([score, grade]);
});

test('sme-invoice-v1 tells a steady firm from a faint one, and a firm without invoices is refused', () => {
  const card = loadScorecard('sme-invoice-v1');
  const steady = evaluateScorecard(card, {
    revenue36mYuan: 30_000_000,
    grossMargin12m: 0.4,
    salesVariability36m: 0.8,
    monthsObserved36m: 36,
    salesMonthsSinceLast: 0,
  });
  const faint = evaluateScorecard(card, {
    revenue36mYuan: 200_000,
    grossMargin12m: -1,
    salesVariability36m: 3,
    monthsObserved36m: 24,
    salesMonthsSinceLast: 6,
  });
  expect(['R1', 'R2', 'R3']).toContain(gradeOf(steady.score, SCALE));
  expect(gradeOf(faint.score, SCALE)).toBe('R10');
  expect(faint.reasonCodes.length).toBeGreaterThanOrEqual(4);
  const unknown = evaluateScorecard(card, {});
  expect(unknown).toMatchObject({ completeness: 0, reasonCodes: ['INPUT_NOT_AVAILABLE'] });
  expect(gradeOf(unknown.score, SCALE)).toBe('R10');
  for (const code of faint.reasonCodes) expect(reasonOf(code).sentence).toMatch(/^[A-Z].*\.$/);
});

test.each(['sme-invoice-v1', 'sme-invoice-v2'])('the model card names the artefact %s that lies beside it', (id) => {
  const card = readFileSync(new URL(`../../scorecards/${id}.model-card.md`, import.meta.url), 'utf8');
  expect(card).toContain(loadScorecard(id).sha256);
});
