import { GRADES } from '@millrace/contracts';
import type { Estimate } from '@millrace/metrics';
import { evaluateScorecard } from '../src/scorecard/evaluate-scorecard.js';
import { gradeOf } from '../src/scorecard/master-scale.js';
import { weightsOfEvidence } from '../src/scorecard/woe.js';
import { MASTER_SCALE } from './read-firms.js';
import type { TrainedScorecard, TrainingPlan } from './train-scorecard.js';

function interval({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} (95% interval ${low.toFixed(3)}–${high.toFixed(3)})`;
}

function gradeRows({ scores }: TrainedScorecard): string {
  return GRADES.map((grade) => {
    const inGrade = scores.filter(({ score }) => gradeOf(score, MASTER_SCALE) === grade);
    const count = (outcome: boolean | null): number => inGrade.filter(({ firm }) => firm.defaulted === outcome).length;
    return `| ${grade} | ${count(false)} | ${count(true)} | ${count(null)} |`;
  }).join('\n');
}

/** Information value of one characteristic over quarters of the labelled firms by its points. */
function informationValueOf({ scorecard, scores }: TrainedScorecard, place: number): string {
  const cases = scores.flatMap(({ firm }) =>
    firm.defaulted === null ? [] : [{ bad: firm.defaulted, points: evaluateScorecard(scorecard, firm.inputs).contributions[place]!.points }],
  );
  const edges = cases.map(({ points }) => points).sort((a, b) => a - b);
  const cuts = [0.25, 0.5, 0.75].map((share) => edges[Math.floor(share * edges.length)]!);
  const quarters = [0, 1, 2, 3]
    .map((quarter) => cases.filter(({ points }) => cuts.filter((cut) => points >= cut).length === quarter))
    .filter(({ length }) => length > 0);
  const { iv, band } = weightsOfEvidence(
    quarters.map((members) => ({ good: members.filter(({ bad }) => !bad).length, bad: members.filter(({ bad }) => bad).length })),
  );
  return `${iv.toFixed(2)} ${band}`;
}

function pointRows(trained: TrainedScorecard): string {
  return trained.scorecard.characteristics
    .map(({ name, input, knots = [], missingPoints }, place) => {
      const points = knots.map((knot) => `${knot.at} → ${knot.points}`).join(', ');
      return `| ${name} | \`${input}\` | ${points} | ${missingPoints} | ${informationValueOf(trained, place)} |`;
    })
    .join('\n');
}

interface Counts {
  readonly labelled: number;
  readonly bads: number;
  /** Default rate of the labelled firms, whole per cent. */
  readonly rate: string;
}

function purposeAndData({ scorecard, scores }: TrainedScorecard, { labelled, bads, rate }: Counts): string {
  return `# Model card: ${scorecard.id}

Written by \`services/scoring/training/train.ts\`; do not edit by hand. Content hash (SHA-256 of the canonical JSON): \`${scorecard.sha256}\`

## Purpose
Rank micro and small firms by their chance of default over 12 months, from VAT invoices alone. One input of a decision, beside identity, tax, bureau and fraud
checks; never the only basis of a refusal that a person cannot review (S09).

## Data
- \`sme-invoices\`: anonymised VAT invoices of ${scores.length} Chinese firms, ${scores.reduce((sum, { firm }) => sum + firm.rowCount, 0)}
  invoices (${scores.reduce((sum, { firm }) => sum + firm.badRowCount, 0)} unreadable lines left out),
  windows counted back from ${String(scorecard.training?.['referenceMonth'])}. ${labelled} firms have an outcome, ${bads} of them
  defaulted (${rate}%).
- The ${scores.length - labelled} firms without an outcome only set the percentile scales.
- Not read: the bank's rating (every D firm defaulted), the firm's name and id, the invoice count of the label file.

`;
}

function methodOf(trained: TrainedScorecard, { rate }: Counts, plan: TrainingPlan): string {
  const { scorecard, calibration, scores } = trained;
  return `## Method
- Features: \`src/features/${scorecard.training?.['featureSet'] === 2 ? 'invoice-features.ts' : 'invoice-features-v1.ts'}\`, the same code that serves.
- Each characteristic is turned into the firm's standing (percentile, −0.5 worst to +0.5 best) by knots at the deciles of all ${scores.length}
  firms, linear in between;
  an unknown value stands with the worst (R-CR-02). The sign of each is fixed beforehand; training stops if the data contradict it.
- Logistic regression by Newton's method, ridge penalty ${plan.penalty}, no random step. Score = 387.6036 − 72.1348·ln(odds of bad);
  whole points per characteristic.
- Calibration: ridge pulls log odds together; a second regression, on the out-of-fold log odds and with Platt's smoothed targets, stretches them
  again (slope ${calibration.slope}). The intercept is then moved from the sample's ${rate}% to a central tendency of ${plan.centralTendency * 100}%
  of all applicants (shift ${calibration.shift}): every score alike, no rank. The 5% is our choice (600 points, the middle of the master scale), to be
  replaced by a lender's own long-run default rate.

| Characteristic | Input | Points at knots | Unknown | IV over quarters |
|---|---|---|---|---|
${pointRows(trained)}

Base points ${scorecard.basePoints}; ends of the scale ${scorecard.minScore} and ${scorecard.maxScore}.

`;
}

function performance(trained: TrainedScorecard, apparent: { auc: number; ks: number }, { labelled }: Counts): string {
  const { crossValidation: cv } = trained;
  return `## Performance
Repeated stratified ${cv.folds}-fold cross-validation, ${cv.repeats} repeats, seed ${cv.seed}: each firm is scored only by fits that have not
seen its outcome.

| Figure | Value |
|---|---|
| AUC, mean out-of-fold log odds, DeLong | ${interval(cv.auc)} |
| AUC of single repeats | mean ${cv.meanAuc.toFixed(3)}, ${cv.lowestAuc.toFixed(3)} to ${cv.highestAuc.toFixed(3)} |
| KS, mean out-of-fold log odds, bootstrap | ${interval(cv.ks)} |
| On the training firms themselves (optimistic) | AUC ${apparent.auc.toFixed(3)}, KS ${apparent.ks.toFixed(3)} |

The five characteristics were chosen by reasoning and by looking at cross-validated figures on these same ${labelled} firms, so the
figures above are somewhat optimistic.
Nine other sets that were tried (without recency or history; with void invoices, buyer concentration, active months, 12-month sales or 36-month margin; cut into
folds with another seed) gave AUC 0.91 to 0.93: expect that range, rather than the figure above, on new firms.

| Grade | Good | Defaulted | No outcome |
|---|---|---|---|
${gradeRows(trained)}

`;
}

function limitsAndReproduction({ scorecard }: TrainedScorecard, { bads }: Counts): string {
  return `## Limits
- ${bads} defaults: intervals are wide, and PDs below 1% are extrapolation. Three of the defaulted firms have sales like good ones; no
  invoice figure here tells them apart.
- One sample of firms, 2016 to 2020; watch PSI and the ratio of actual to expected defaults before trusting it elsewhere.
- Selected sample: only firms with a credit record at one bank have an outcome. Sales outside VAT invoices are not seen.
- An information value above 0.5 ("suspect") asks for a look at leakage. Every input comes from invoices alone, never from the
  outcome or the rating; but the
  data do not say WHEN a firm defaulted, so invoices of after the default cannot be told apart: sales and recency may owe part of their strength to that.
- The last months of the data hold the 2020 New Year and the start of the epidemic, which lowers recency for all.

## Reproduce
\`\`\`
node --conditions=millrace-source --import @swc-node/register/esm-register services/scoring/training/train.ts <folder> ${scorecard.id}
\`\`\`
The folder holds \`sme-invoices\` with \`firms.csv\` (columns \`firm_id\`, \`defaulted\`: 1, 0 or empty) and \`invoices/<firm_id>.csv.gz\`, one file a firm
([format](../../../docs/invoice-files.md)). The data are those of problem C of the 2020 Chinese national modelling contest, brought into this form; they are not part of the project.
Writes this card and \`${scorecard.id}.json\` again, byte for byte: knots are rounded to three digits, points are whole, the generator is
integer arithmetic.
`;
}

/** The model card (`againstV1` is a section of its own, or nothing), written by the training itself so that no figure in it can be stale. */
export function modelCard(trained: TrainedScorecard, apparent: { auc: number; ks: number }, plan: TrainingPlan, againstV1: string): string {
  const labelled = trained.scores.filter(({ firm }) => firm.defaulted !== null);
  const bads = labelled.filter(({ firm }) => firm.defaulted).length;
  const counts = { labelled: labelled.length, bads, rate: ((100 * bads) / labelled.length).toFixed(0) };
  return [
    purposeAndData(trained, counts),
    methodOf(trained, counts, plan),
    performance(trained, apparent, counts),
    againstV1,
    limitsAndReproduction(trained, counts),
  ].join('');
}
