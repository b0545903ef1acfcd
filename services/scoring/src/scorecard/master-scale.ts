import type { Grade } from '@millrace/contracts';

/** One row of the master scale (M-GR-01). */
export interface MasterGrade {
  readonly grade: Grade;
  /** Lowest integer score of the grade. */
  readonly minScore: number;
  /** PD that stands for the grade in prices and expected loss, basis points. */
  readonly midPdBps: number;
}

/** Best first. Grades come from the integer score: PD 5.000% is an edge that a float falls off on either side (M-GR-01). */
export const MASTER_SCALE: readonly MasterGrade[] = [
  { grade: 'R1', minScore: 807, midPdBps: 20 },
  { grade: 'R2', minScore: 757, midPdBps: 45 },
  { grade: 'R3', minScore: 706, midPdBps: 90 },
  { grade: 'R4', minScore: 669, midPdBps: 160 },
  { grade: 'R5', minScore: 639, midPdBps: 250 },
  { grade: 'R6', minScore: 600, midPdBps: 400 },
  { grade: 'R7', minScore: 564, midPdBps: 650 },
  { grade: 'R8', minScore: 532, midPdBps: 1000 },
  { grade: 'R9', minScore: 488, midPdBps: 1600 },
  { grade: 'R10', minScore: 0, midPdBps: 3000 },
];

/** Grade of an integer score of 0 or more; throws RangeError for anything else. */
export function gradeOf(score: number): Grade {
  if (!Number.isInteger(score) || score < 0) throw new RangeError(`a grade needs an integer score of 0 or more: ${score}`);
  return MASTER_SCALE.find(({ minScore }) => score >= minScore)!.grade;
}

/** Row of a grade. */
export function masterGradeOf(grade: Grade): MasterGrade {
  return MASTER_SCALE.find((row) => row.grade === grade)!;
}
