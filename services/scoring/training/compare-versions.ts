import { auc, ks } from '@millrace/metrics';
import { evaluateScorecard } from '../src/scorecard/evaluate-scorecard.js';
import { gradeOf } from '../src/scorecard/master-scale.js';
import type { Scorecard } from '../src/scorecard/scorecard.js';
import { MASTER_SCALE, type TrainingFirm } from './read-firms.js';
import type { TrainedScorecard } from './train-scorecard.js';

/** Grades that are refused (the policy's `rejectGrades`). */
const REFUSED_GRADES: ReadonlySet<string> = new Set(['R8', 'R9', 'R10']);

/** What in a file moved its figures, as far as the reading counts it; what is left are months that are not material, void invoices among them. */
function causesOf({ report }: TrainingFirm): string {
  if (!report) return '';
  const counted = [
    [report.duplicates, 'rows repeated'],
    [report.contradictoryRows, 'rows contradict each other'],
    [report.contradictorySums, 'sums that do not fit'],
    [report.voidedLater, 'invoices voided later'],
  ] as const;
  return counted.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])).join(', ');
}

function movedInputs(scorecard: Scorecard, before: TrainingFirm, after: TrainingFirm): string[] {
  return scorecard.characteristics.map(({ input }) => input).filter((input) => before.inputs[input] !== after.inputs[input]);
}

const figures = (cases: readonly { risk: number; bad: boolean }[]): string => `AUC ${auc(cases).toFixed(3)}, KS ${ks(cases).toFixed(3)}`;

/** Section of the model card: every firm whose grade is another than under v1, and why; and both cards on the same firms. */
export function compareWithV1(
  { scorecard, scores, crossValidation }: TrainedScorecard,
  firmsBefore: readonly TrainingFirm[],
  { scorecard: v1, crossValidation: cvBefore }: TrainedScorecard,
): string {
  const rows = scores.map(({ firm, score }, at) => {
    const before = firmsBefore[at]!;
    return { firm, before, score, scoreBefore: evaluateScorecard(v1, before.inputs).score };
  });
  const labelled = rows.filter(({ firm }) => firm.defaulted !== null);
  const casesOf = (scoreOf: (row: (typeof rows)[number]) => number) => labelled.map((row) => ({ risk: -scoreOf(row), bad: row.firm.defaulted! }));
  const moved = rows.filter(({ score, scoreBefore }) => gradeOf(score, MASTER_SCALE) !== gradeOf(scoreBefore, MASTER_SCALE));
  const refused = (score: number): boolean => REFUSED_GRADES.has(gradeOf(score, MASTER_SCALE));
  const turned = moved.filter(({ score, scoreBefore }) => refused(score) !== refused(scoreBefore));
  const touched = rows.filter(({ firm, before }) => movedInputs(scorecard, before, firm).length > 0);
  const lines = moved.map(({ firm, before, score, scoreBefore }) => {
    const inputs = movedInputs(scorecard, before, firm);
    const why = [inputs.length === 0 ? 'points of the new card alone' : inputs.map((input) => `\`${input}\``).join(', '), causesOf(firm)]
      .filter(Boolean)
      .join('; ');
    return `| ${firm.firmId} | ${scoreBefore} ${gradeOf(scoreBefore, MASTER_SCALE)} | ${score} ${gradeOf(score, MASTER_SCALE)} | ${why} |`;
  });
  return `## Against sme-invoice-v1
Feature set v2 counts each invoice once and in its later state, leaves out what contradicts itself, takes a month as one with sales from a share of the usual month
on, and compares parties in normal form; see [invoice files](../../../docs/invoice-files.md). Of ${rows.length} firms ${touched.length} have another value in one of the five inputs.

| On the labelled firms (optimistic: the points were trained on them) | |
|---|---|
| sme-invoice-v1 on feature set v1 | ${figures(casesOf(({ scoreBefore }) => scoreBefore))} |
| ${scorecard.id} on feature set v2 | ${figures(casesOf(({ score }) => score))} |

Cross-validated, v1 has AUC ${cvBefore.auc.value.toFixed(3)} and KS ${cvBefore.ks.value.toFixed(3)}, this card AUC ${crossValidation.auc.value.toFixed(3)} and KS ${crossValidation.ks.value.toFixed(3)}. The points are those of v1: fitted anew they
separated no better and moved the grades of firms in whose files nothing is wrong. A firm without another value in an input has the same score as before.

${moved.length} firms have another grade, ${turned.length} of them on another side of refusal (R8 and below)${turned.length > 0 ? `: ${turned.map(({ firm }) => firm.firmId).join(', ')}` : ''}.

| Firm | v1 | v2 | What moved |
|---|---|---|---|
${lines.join('\n')}

`;
}
