import { GRADES, type Grade } from '@millrace/contracts';
import type { MasterScaleParameters } from '@millrace/policy';

/**
 * Grade of an integer score of 0 or more, by the master scale of a policy: PD 5.000% is an edge that a float falls off on either side (M-GR-01).
 * @throws RangeError for anything else
 */
export function gradeOf(score: number, { minScore }: Pick<MasterScaleParameters, 'minScore'>): Grade {
  if (!Number.isInteger(score) || score < 0) throw new RangeError(`a grade needs an integer score of 0 or more: ${score}`);
  return GRADES.find((grade) => score >= minScore[grade])!;
}
