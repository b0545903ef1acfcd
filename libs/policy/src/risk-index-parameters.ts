import { TAX_CLASSES, type TaxClass } from '@millrace/contracts';
import { IsWholeFromTo } from './is-parameter.js';
import { IsRisingLine, IsWholeNumberRecord } from './is-record.js';

/** Dimensions of the comprehensive risk index (R-CR-08). */
export const RISK_DIMENSIONS = ['bureau', 'operations', 'financials', 'taxInvoice', 'industryRegion', 'owner'] as const;
export type RiskDimension = (typeof RISK_DIMENSIONS)[number];

type Line = readonly (readonly [number, number])[];

/** Weights of domain §3.3, and sub-scores of our own from 0 to 100, high is good. Lines are pairs of input and sub-score, straight between them. */
export class RiskIndexParameters {
  @IsWholeNumberRecord(RISK_DIMENSIONS, { complete: true }) weights!: Readonly<Record<RiskDimension, number>>;
  /** Sub-score of anything that no source knows, below the middle: a gap never scores as good (R-CR-02). */
  @IsWholeFromTo(0, 49) unknown!: number;
  @IsWholeFromTo(0, 100) bureauClean!: number;
  @IsWholeFromTo(0, 100) bureauNotClean!: number;
  /** Taken off for each lender above three. */
  @IsWholeFromTo(0, 100) perFurtherLender!: number;
  @IsWholeFromTo(0, 100) ownerClean!: number;
  @IsWholeFromTo(0, 100) ownerNotClean!: number;
  @IsWholeNumberRecord(TAX_CLASSES, { complete: true }) taxClass!: Readonly<Record<TaxClass, number>>;
  /** Sub-score of an industry with coefficient 1. */
  @IsWholeFromTo(0, 100) industry!: number;
  @IsRisingLine() monthsInBusiness!: Line;
  @IsRisingLine() activeMonthsShare!: Line;
  @IsRisingLine() topBuyerShare!: Line;
  @IsRisingLine() voidShare!: Line;
  @IsRisingLine() cashFlowPerRevenue!: Line;
  @IsRisingLine() debtPerRevenue!: Line;
}
