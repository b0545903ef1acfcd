import { LOAN_CLASSES, type LoanClass } from '@millrace/contracts';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsSection, IsWholeFromTo } from './is-parameter.js';

/** How days past due make a class: by the floors of the law alone, or by the stricter of them and the matrix for small firms (G-CL-11). */
export const CLASSIFICATION_METHODS = ['dpd_floors', 'dpd_matrix'] as const;
export type ClassificationMethod = (typeof CLASSIFICATION_METHODS)[number];

/** How a small firm's loan leaves the non-performing classes: after good conduct, or with the days past due alone (G-CL-12). */
export const SMALL_FIRM_UPGRADES = ['after_good_conduct', 'by_days_past_due'] as const;

/** What secures a loan: 信用, 保证, 抵押, 质押; the rows of the matrix for small firms. */
export const LOAN_SECURITIES = ['unsecured', 'guaranteed', 'mortgaged', 'pledged'] as const;
export type LoanSecurity = (typeof LOAN_SECURITIES)[number];

/** Bands of days past due of the matrix: 0, and then up to each of the four edges, and above the last. */
const BANDS = 6;

function IsRowOfMatrix(): PropertyDecorator {
  return (target, property) => {
    IsArray()(target, property);
    ArrayMinSize(BANDS)(target, property);
    ArrayMaxSize(BANDS)(target, property);
    IsIn(LOAN_CLASSES, { each: true })(target, property);
  };
}

/** Class by security and band of days past due, for lenders that use the matrix of 2007 for small firms. */
class OverdueMatrix {
  @IsRowOfMatrix() unsecured!: readonly LoanClass[];
  @IsRowOfMatrix() guaranteed!: readonly LoanClass[];
  @IsRowOfMatrix() mortgaged!: readonly LoanClass[];
  @IsRowOfMatrix() pledged!: readonly LoanClass[];
}

/** Numbers of the five classes (G-CL-01 to G-CL-16). */
export class ClassificationParameters {
  @IsIn(CLASSIFICATION_METHODS) method!: ClassificationMethod;
  /** Days for which a delay that a technical fault has caused leaves a loan where it was. */
  @IsWholeFromTo(0, 7) technicalDelayMaxDays!: number;
  /** Over so many days past due a loan is non-performing. */
  @IsWholeFromTo(1, 90) substandardOverDpd!: number;
  @IsWholeFromTo(1, 270) doubtfulOverDpd!: number;
  @IsWholeFromTo(1, 360) lossOverDpd!: number;
  /** Expected loss of an impaired loan, as a share of what the books have of it, from which on it is at least doubtful. */
  @IsWholeFromTo(1, 10_000) impairedDoubtfulFromBps!: number;
  /** The same for loss. */
  @IsWholeFromTo(1, 10_000) impairedLossFromBps!: number;
  /** Over this share of the obligor's debt at this lender that is non-performing, all of it is. */
  @IsWholeFromTo(0, 1_000) sameLenderOverBps!: number;
  /** Over this share of the obligor's debt at all banks that is overdue, its debt here is at least substandard. */
  @IsWholeFromTo(0, 2_000) allBanksOverBps!: number;
  /** Small firms' loans take part in the rules on one obligor's debts; loan by loan they would not. */
  @IsBoolean() smallFirmCrossDefault!: boolean;
  /** Products whose obligors are no small firms: their loans are no retail assets, and are judged by all debts of the obligor whatever a lender does with small firms. */
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  nonRetailProducts!: readonly string[];
  /** A renewal that qualifies leaves the class as it was. */
  @IsBoolean() renewalExempt!: boolean;
  /** Good conduct that leads out of the non-performing classes: the longer of so many periods and months. */
  @IsWholeFromTo(2, 60) upgradePeriods!: number;
  @IsWholeFromTo(6, 60) upgradeMonths!: number;
  @IsIn(SMALL_FIRM_UPGRADES) smallFirmUpgrade!: (typeof SMALL_FIRM_UPGRADES)[number];
  /** Months after a restructuring in which a loan is at least special mention. */
  @IsWholeFromTo(12, 60) observationMonths!: number;
  /** What a loan is at least that is restructured again while it is observed. */
  @IsIn(['SUBSTANDARD', 'DOUBTFUL', 'LOSS']) restructuredAgainFloor!: LoanClass;
  /** Last day of the bands of the matrix after the first, which has no day past due. */
  @IsArray()
  @ArrayMinSize(BANDS - 2)
  @ArrayMaxSize(BANDS - 2)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(3_650, { each: true })
  matrixDpdEdges!: readonly number[];
  @IsSection(() => OverdueMatrix) matrix!: OverdueMatrix;
}

/** What contradicts itself in these numbers, a line each. */
export function checkClassification(classification: ClassificationParameters): string[] {
  const { substandardOverDpd, doubtfulOverDpd, lossOverDpd, impairedDoubtfulFromBps, impairedLossFromBps, matrixDpdEdges, matrix } = classification;
  const problems: string[] = [];
  if (!(substandardOverDpd < doubtfulOverDpd && doubtfulOverDpd < lossOverDpd))
    problems.push('classification: substandardOverDpd, doubtfulOverDpd and lossOverDpd must rise');
  if (impairedDoubtfulFromBps >= impairedLossFromBps) problems.push('classification.impairedDoubtfulFromBps must be below classification.impairedLossFromBps');
  if (matrixDpdEdges.some((edge, at) => at > 0 && edge <= matrixDpdEdges[at - 1]!)) problems.push('classification.matrixDpdEdges must rise');
  for (const security of LOAN_SECURITIES) {
    const ranks = matrix[security].map((one) => LOAN_CLASSES.indexOf(one));
    if (ranks.some((rank, at) => at > 0 && rank < ranks[at - 1]!)) problems.push(`classification.matrix.${security} must not fall with the days past due`);
  }
  return problems;
}
