import { evaluateScorecard } from '../src/scorecard/evaluate-scorecard.js';
import { scorecardSha256 } from '../src/scorecard/load-scorecard.js';
import { CANDIDATES } from './candidate-characteristics.js';
import { crossValidate } from './cross-validate.js';
import { percentileScale, standingOf } from './percentile-scale.js';
import type { TrainingFirm } from './read-firms.js';
import type { TrainedScorecard, TrainingPlan } from './train-scorecard.js';

const fixed = (value: number): number => Number(value.toFixed(4));

/**
 * Card of feature set v2: the points that training gives on v1, held against the features of v2. Points fitted anew separate no better, and they
 * would move the grade of firms in whose files nothing is wrong; so only what the files say has changed, not what it is worth.
 * The figures are those of fits on the features of v2, each firm scored by fits that have not seen it.
 */
export function carryOver(first: TrainedScorecard, firms: readonly TrainingFirm[], plan: TrainingPlan): TrainedScorecard {
  const scales = CANDIDATES.map(({ input, better }) =>
    percentileScale(
      firms.flatMap(({ inputs }) => inputs[input] ?? []),
      better,
    ),
  );
  const labelled = firms.filter(({ defaulted }) => defaulted !== null);
  const rows = labelled.map(({ inputs }) => CANDIDATES.map(({ input }, at) => standingOf(scales[at]!, inputs[input])));
  const crossValidation = crossValidate(
    rows,
    labelled.map(({ defaulted }) => defaulted === true),
    plan,
  );
  const { auc, ks } = crossValidation;
  const { sha256: _sha256, ...card } = first.scorecard;
  const content = {
    ...card,
    id: plan.id,
    description: `PD of a micro or small firm from its VAT invoices; see ${plan.id}.model-card.md`,
    training: {
      ...first.scorecard.training,
      id: plan.id,
      featureSet: 2,
      pointsOf: first.scorecard.id,
      crossValidatedAuc: [auc.value, auc.low, auc.high].map(fixed),
      crossValidatedKs: [ks.value, ks.low, ks.high].map(fixed),
    },
  };
  const scorecard = { ...content, sha256: scorecardSha256(content) };
  return { ...first, scorecard, crossValidation, scores: firms.map((firm) => ({ firm, score: evaluateScorecard(scorecard, firm.inputs).score })) };
}
