import { auc, ks } from '@millrace/metrics';
import { evaluateScorecard } from '../src/scorecard/evaluate-scorecard.js';
import type { Scorecard } from '../src/scorecard/scorecard.js';
import { buildScorecard, type Calibration } from './build-scorecard.js';
import { CANDIDATES } from './candidate-characteristics.js';
import { crossValidate, type CrossValidation } from './cross-validate.js';
import { percentileScale, standingOf } from './percentile-scale.js';
import type { FeatureSet, TrainingFirm } from './read-firms.js';
import { fitRidgeLogistic } from './ridge-logistic.js';

/** Everything that was decided by a person, in one place; the model card explains each. */
export interface TrainingPlan {
  readonly id: string;
  readonly penalty: number;
  readonly folds: number;
  readonly repeats: number;
  readonly seed: number;
  /** Default rate among all who apply, to which the log odds are moved: 22% of the labelled sample is no portfolio's rate. */
  readonly centralTendency: number;
}

const DECIDED = { penalty: 5, folds: 6, repeats: 50, seed: 20_200_229, centralTendency: 0.05 } as const;

/** Each set of features has a card of its own, made by the same decisions. */
const PLANS: Readonly<Record<FeatureSet, TrainingPlan>> = { 1: { id: 'sme-invoice-v1', ...DECIDED }, 2: { id: 'sme-invoice-v2', ...DECIDED } };

/** Plan of a card by its id, the present one if none is named; throws for any other. */
export function planOf(id = PLANS[2].id): { readonly plan: TrainingPlan; readonly featureSet: FeatureSet } {
  const featureSet = ([1, 2] as const).find((set) => PLANS[set].id === id);
  if (!featureSet) throw new Error(`there is no plan to train ${id}`);
  return { plan: PLANS[featureSet], featureSet };
}

/** A trained scorecard with the figures that the model card quotes. */
export interface TrainedScorecard {
  readonly scorecard: Scorecard;
  readonly crossValidation: CrossValidation;
  readonly calibration: Calibration;
  readonly scores: readonly { readonly firm: TrainingFirm; readonly score: number }[];
}

const fixed = (value: number): number => Number(value.toFixed(4));

function calibrationOf({ logOdds }: CrossValidation, bad: readonly boolean[], centralTendency: number): Calibration {
  // Ridge pulls log odds together; those that no fit has seen say by how much they must be stretched again.
  // Targets short of 0 and 1 (Platt 1999) keep a handful of defaults from claiming certainty.
  const bads = bad.filter(Boolean).length;
  const targets = bad.map((isBad) => (isBad ? (bads + 1) / (bads + 2) : 1 / (bad.length - bads + 2)));
  const [intercept, slope] = fitRidgeLogistic(
    logOdds.map((value) => [value]),
    targets,
    0,
  );
  const rate = bads / bad.length;
  const moved = Math.log(centralTendency / (1 - centralTendency)) - Math.log(rate / (1 - rate));
  return { slope: fixed(slope!), shift: fixed(intercept! + moved) };
}

/** Trains on the labelled firms; unlabelled ones only set the scales. Deterministic. */
export function trainScorecard(firms: readonly TrainingFirm[], referenceMonth: string, plan: TrainingPlan): TrainedScorecard {
  const scales = CANDIDATES.map(({ input, better }) =>
    percentileScale(
      firms.flatMap(({ inputs }) => inputs[input] ?? []),
      better,
    ),
  );
  const labelled = firms.filter(({ defaulted }) => defaulted !== null);
  const bad = labelled.map(({ defaulted }) => defaulted === true);
  const rows = labelled.map(({ inputs }) => CANDIDATES.map(({ input }, at) => standingOf(scales[at]!, inputs[input])));
  const crossValidation = crossValidate(rows, bad, plan);
  const coefficients = fitRidgeLogistic(rows, bad, plan.penalty);
  const turned = CANDIDATES.find((_, at) => coefficients[at + 1]! >= 0);
  if (turned) throw new Error(`the data contradict the sign expected of ${turned.input}: leave it out or think again`);
  const calibration = calibrationOf(crossValidation, bad, plan.centralTendency);
  const training = {
    firms: firms.length,
    labelled: labelled.length,
    defaulted: bad.filter(Boolean).length,
    invoices: firms.reduce((sum, { rowCount }) => sum + rowCount, 0),
    referenceMonth,
    ...plan,
    calibration,
    coefficients: coefficients.map(fixed),
    crossValidatedAuc: [crossValidation.auc.value, crossValidation.auc.low, crossValidation.auc.high].map(fixed),
    crossValidatedKs: [crossValidation.ks.value, crossValidation.ks.low, crossValidation.ks.high].map(fixed),
  };
  const description = `PD of a micro or small firm from its VAT invoices; see ${plan.id}.model-card.md`;
  const scorecard = buildScorecard({ id: plan.id, description, training }, CANDIDATES, scales, coefficients, calibration);
  return { scorecard, crossValidation, calibration, scores: firms.map((firm) => ({ firm, score: evaluateScorecard(scorecard, firm.inputs).score })) };
}

/** AUC and KS of the final integer scores on the firms they were trained on: optimistic, for comparison only. */
export function apparentFigures({ scores }: TrainedScorecard): { auc: number; ks: number } {
  const outcomes = scores.flatMap(({ firm, score }) => (firm.defaulted === null ? [] : [{ risk: -score, bad: firm.defaulted }]));
  return { auc: auc(outcomes), ks: ks(outcomes) };
}
