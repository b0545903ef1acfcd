import { TAX_CLASSES, type TaxClass } from '@millrace/contracts';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { IsSection, IsWholeFromTo } from './is-parameter.js';
import { IsRisingLine, IsWholeNumberRecord } from './is-record.js';

/** The field is smaller than another one of the same object. */
function IsBelow(other: string): PropertyDecorator {
  const validate = (value: unknown, args?: ValidationArguments): boolean => Number(value) < Number((args?.object as Record<string, unknown>)[other]);
  return ValidateBy({ name: 'isBelow', validator: { validate, defaultMessage: () => `must be a whole number below ${other}` } });
}

/** Dimensions of the comprehensive risk index (R-CR-08). */
export const RISK_DIMENSIONS = ['bureau', 'operations', 'financials', 'taxInvoice', 'industryRegion', 'owner'] as const;
export type RiskDimension = (typeof RISK_DIMENSIONS)[number];

/** Least value of the index in each band (R-CR-08); what lies below the last is very high risk. Edges fall from one to the next. */
export class RiskBandEdges {
  @IsWholeFromTo(1, 100) low!: number;
  @IsWholeFromTo(1, 100) @IsBelow('low') midLow!: number;
  @IsWholeFromTo(1, 100) @IsBelow('midLow') mid!: number;
  @IsWholeFromTo(1, 100) @IsBelow('mid') high!: number;
}

type Line = readonly (readonly [number, number])[];

/** Weights (M-RI-01), and sub-scores of our own from 0 to 100, high is good. Lines are pairs of input and sub-score, straight between them. */
export class RiskIndexParameters {
  @IsWholeNumberRecord(RISK_DIMENSIONS, { complete: true }) weights!: Readonly<Record<RiskDimension, number>>;
  /** Sub-score of anything that no source knows, below the middle: a gap never scores as good (R-CR-02). */
  @IsWholeFromTo(0, 49) unknown!: number;
  @IsWholeFromTo(0, 100) bureauClean!: number;
  @IsWholeFromTo(0, 100) bureauNotClean!: number;
  /** Lenders that cost nothing. */
  @IsWholeFromTo(0, 100) lendersWithoutDeduction!: number;
  /** Taken off for each further lender. */
  @IsWholeFromTo(0, 100) perFurtherLender!: number;
  @IsWholeFromTo(0, 100) ownerClean!: number;
  @IsWholeFromTo(0, 100) ownerNotClean!: number;
  @IsWholeNumberRecord(TAX_CLASSES, { complete: true }) taxClass!: Readonly<Record<TaxClass, number>>;
  /** Least index of each band but the lowest. */
  @IsSection(() => RiskBandEdges) bands!: RiskBandEdges;
  /** Sub-score of an industry with coefficient 1. */
  @IsWholeFromTo(0, 100) industry!: number;
  @IsRisingLine() monthsInBusiness!: Line;
  @IsRisingLine() activeMonthsShare!: Line;
  @IsRisingLine() topBuyerShare!: Line;
  @IsRisingLine() voidShare!: Line;
  @IsRisingLine() cashFlowPerRevenue!: Line;
  @IsRisingLine() debtPerRevenue!: Line;
}
