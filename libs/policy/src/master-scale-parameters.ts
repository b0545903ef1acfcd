import { GRADES, type Grade } from '@millrace/contracts';
import { IsWholeNumberRecord } from './is-record.js';

/** The master scale: grades of a score, best first (M-GR-01). */
export class MasterScaleParameters {
  /** Lowest integer score of each grade. */
  @IsWholeNumberRecord(GRADES, { complete: true }) minScore!: Readonly<Record<Grade, number>>;
  /** Chance of default that stands for each grade in prices and expected loss. */
  @IsWholeNumberRecord(GRADES, { complete: true }) midPdBps!: Readonly<Record<Grade, number>>;
}

/** What contradicts itself in a scale, a line each: grades whose order is another one, and scores or chances that there cannot be. */
export function checkMasterScale({ minScore, midPdBps }: MasterScaleParameters): string[] {
  const problems: string[] = [];
  const beside = (test: (better: Grade, worse: Grade) => boolean): boolean => GRADES.slice(1).every((worse, at) => test(GRADES[at]!, worse));
  if (!beside((better, worse) => minScore[better] > minScore[worse])) problems.push('masterScale.minScore must fall from R1 to R10');
  if (minScore.R10 !== 0) problems.push('masterScale.minScore must be 0 for R10, as every score has a grade');
  if (!beside((better, worse) => midPdBps[better] < midPdBps[worse])) problems.push('masterScale.midPdBps must rise from R1 to R10');
  if (midPdBps.R10 > 10_000) problems.push('masterScale.midPdBps must not be above 10000, a certain default');
  return problems;
}
