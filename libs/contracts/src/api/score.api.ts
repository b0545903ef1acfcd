import { SCORE_STATUSES } from '../statuses.js';
import { GRADE_MEANINGS } from './application.api.js';
import { describeAnswer, type AnswerOf, type Field } from './field.js';
import { bps, choice, code, decimal, flag, form, id, instant, money, object, sha256, text, whole } from './fields.js';
import { REASON } from './reason.api.js';
import { describeRoute } from './route.js';
import { SCORE_INPUTS } from './score-inputs.api.js';

const PURPOSE = choice({ decision: 'It decides.', reject_inference: 'It watches the model; the application was declined before.' }, 'What it is for.');

export const SCORE_CONTRIBUTION = describeAnswer('ScoreContribution', 'right:score', 'What one characteristic gave to the score.', {
  name: text(100, 'The characteristic.', 'Months in business'),
  input: text(60, 'Figure that it is read from.', 'monthsInBusiness'),
  value: decimal('The figure; null where no source knows.', 42).nullable(),
  points: decimal('Points that it gave.', 38, 'points'),
  bestPoints: decimal('Most points that it can give.', 55, 'points'),
  lostPoints: decimal('The difference.', 17, 'points'),
  reasonCode: code('Reason that a loss of points stands for.', 'YOUNG_FIRM'),
});

export const SCORE_CAP = describeAnswer('ScoreCap', 'right:score', 'One cap on the limit (M-LM-02).', {
  name: text(40, 'The cap.', 'dscr'),
  amountMinor: money('What it allows.'),
});

const dimension = <F extends Field>(of: (meaning: string) => F) =>
  ({
    bureau: of('What the credit bureau says.'),
    operations: of('How the firm runs.'),
    financials: of('Its cash flow and debt.'),
    taxInvoice: of('Its taxes and invoices.'),
    industryRegion: of('Its industry.'),
    owner: of('What the bureau says of its owner.'),
  }) as const;

export const RISK_SUB_SCORES = describeAnswer('RiskSubScores', 'right:score', 'Parts of the risk index, each 0 to 100; null where nothing is known.', {
  ...dimension((meaning) => decimal(meaning, 68, 'points').nullable()),
});

export const RISK_WEIGHTS = describeAnswer('RiskWeights', 'right:score', 'Weights of the parts of the risk index, together 100.', {
  ...dimension((meaning) => whole(0, 100, meaning, 25)),
});

export const RISK_INDEX = describeAnswer('RiskIndex', 'right:score', 'The risk index with the parts that it was made of (R-CR-08).', {
  value: whole(0, 100, 'The index, the least risk at 100.', 68, 'points'),
  band: choice(
    { low: 'Low risk.', mid_low: 'Rather low risk.', mid: 'Middling risk.', high: 'High risk.', very_high: 'Very high risk.' },
    'Band of the index.',
  ),
  subScores: object(RISK_SUB_SCORES, 'The parts.'),
  weights: object(RISK_WEIGHTS, 'Their weights.'),
});

const rate = (meaning: string, example: string) => form(/^-?\d+(\.\d+)?$/, 'a decimal', meaning, example);

export const PRICE_PARTS = describeAnswer('PriceParts', 'right:score', 'What a price is made of, basis points as decimals in text.', {
  expectedLossBps: rate('Expected loss.', '58.46'),
  capitalChargeBps: rate('What the capital costs.', '60'),
  beforeRoundingBps: rate('The rate before it is rounded.', '633.46'),
});

/** Figures of a score, each with how it came about. */
const FIGURE_FIELDS = {
  score: whole(0, 1_000, 'Points of the scorecard.', 700, 'points'),
  pd: form(/^0(\.\d+)?$/, 'a decimal', 'Probability of default within 12 months, as a decimal.', '0.01299'),
  grade: choice(GRADE_MEANINGS, 'Grade of the master scale.'),
  basePoints: decimal('Points that every firm begins with.', 300, 'points'),
  contributions: object(SCORE_CONTRIBUTION, 'What each characteristic gave.').list(100),
  completeness: decimal('Share of the scorecard’s inputs that were known, 0 to 1 (R-CR-02).', 1),
  riskIndex: object(RISK_INDEX, 'The risk index.'),
  limitMinor: money('What the firm can carry after all caps, whatever it asks for.'),
  bindingCap: text(40, 'The cap that set it.', 'dscr'),
  proposedMinor: money('The same within the request.'),
  proposalBoundBy: text(40, 'What bound that: a cap, or the request.', 'request'),
  caps: object(SCORE_CAP, 'Every cap.').list(50),
  missingCaps: text(40, 'Caps whose fact is missing.', 'receivables').list(50),
  rateBps: bps('Interest rate a year that the price gives.'),
  priceParts: object(PRICE_PARTS, 'Parts of the price.'),
  reasons: object(REASON, 'What weighed most.').list(30),
} as const;

export const SCORE_FIGURES = describeAnswer('ScoreFigures', 'right:score', 'Figures of a score, each with how it came about.', FIGURE_FIELDS);

export const SCORE = describeAnswer('Score', 'right:score', 'A score with every figure and all that it was made of (R-UW-01).', {
  scoreId: id('Id of the score.'),
  purpose: PURPOSE,
  ...FIGURE_FIELDS,
  scorecardId: text(64, 'Scorecard that made it.', 'sme-invoice-v1'),
  scorecardSha256: sha256('Hash of that scorecard.'),
  policyVersion: text(64, 'Policy that it was made under.', 'cn-online-microloan-2026-01'),
  inputsSha256: sha256('Hash of the inputs.'),
  inputs: object(SCORE_INPUTS, 'Everything that it was computed from.'),
  requestedAt: instant('When it was asked for.'),
  computedAt: instant('When it was computed.'),
});
export type ScoreAnswer = AnswerOf<typeof SCORE>;

export const UNSCORED = describeAnswer('UnscoredRequest', 'right:score', 'A request that has no score: yet, or for good.', {
  scoreId: id('Id of the request.'),
  purpose: PURPOSE,
  status: choice(SCORE_STATUSES, 'Where it stands.'),
  failureCode: code('Why no score can be given; null while it is worked on.', 'BATCH_UNREADABLE').nullable(),
  failureDetail: text(500, 'The same in words; null while it is worked on.', 'Line 12 cannot be read.').nullable(),
  requestedAt: instant('When it was asked for.'),
});
export type UnscoredAnswer = AnswerOf<typeof UNSCORED>;

export const SCORE_LIST = describeAnswer('ScoreList', 'right:score', 'Scores of an application.', {
  items: object(SCORE, 'Newest last.').list(100),
  unscored: object(UNSCORED, 'Requests that have no score.').list(100),
});

export const RECOMPUTATION = describeAnswer('Recomputation', 'right:score', 'Whether the stored inputs still give the stored result (R-IT-04).', {
  scoreId: id('Id of the score.'),
  applicationId: id('Id of the application.'),
  same: flag('True where inputs, scorecard, policy and every figure are what they were.'),
  differences: text(60, 'What is no longer the same: `inputs`, `scorecard`, `policy`, or the name of a figure.', 'scorecard').list(200),
  stored: object(SCORE_FIGURES, 'The figures as they were stored.'),
  recomputed: object(SCORE_FIGURES, 'The figures as they come out now; null where the inputs can no longer be evaluated.').nullable(),
});
export type RecomputationAnswer = AnswerOf<typeof RECOMPUTATION>;

export const LIST_SCORES = describeRoute({
  name: 'applicationFile_scores',
  method: 'GET',
  path: '/v1/loan-applications/:applicationId/scores',
  owner: { service: 'scoring', path: '/scores/:applicationId' },
  tag: 'Staff',
  summary: 'Scores with everything they were made of',
  answers: { 200: { meaning: 'The scores.', body: SCORE_LIST } },
});

export const RECOMPUTE_SCORE = describeRoute({
  name: 'applicationFile_recompute',
  method: 'GET',
  path: '/v1/loan-applications/:applicationId/scores/:scoreId/recomputation',
  owner: { service: 'scoring', path: '/scores/:applicationId/:scoreId/recomputation' },
  tag: 'Staff',
  summary: 'Compute a score again from its stored inputs (R-IT-04)',
  answers: { 200: { meaning: 'The comparison.', body: RECOMPUTATION } },
});
