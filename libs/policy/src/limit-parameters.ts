import { GRADES, TAX_CLASSES, type Grade, type TaxClass } from '@millrace/contracts';
import { ArrayUnique, IsArray, IsIn } from 'class-validator';
import { IsMinorAmount, IsRatio, IsWholeFromTo } from './is-parameter.js';
import { IsWholeNumberRecord } from './is-record.js';

/** Caps that rest on a fact which a source may not have. */
export const FACT_CAPS = ['revenue', 'tax', 'receivables', 'dscr', 'working_capital_need', 'leverage'] as const;
export type FactCap = (typeof FACT_CAPS)[number];

/** Whose debt service the cash flow has to carry. */
export const DSCR_SERVICES = ['annuity', 'method'] as const;

/** Sections of GB/T 4754, the first letter of an industry code. */
const INDUSTRY_SECTIONS = [...'ABCDEFGHIJKLMNOPQRST'];

/** Numbers of the limit engine (M-LM-01 to M-LM-08). */
export class LimitParameters {
  /** Limits are whole multiples of this. */
  @IsMinorAmount() stepMinor!: string;
  /** Share of revenue per grade; a grade without one is not lent to. */
  @IsWholeNumberRecord(GRADES, { complete: false }) revenueShareBps!: Readonly<Partial<Record<Grade, number>>>;
  /** Coefficient per grade of the tax cap, in basis points of 1. */
  @IsWholeNumberRecord(GRADES, { complete: false }) gradeCoefficientBps!: Readonly<Partial<Record<Grade, number>>>;
  /** Times of the tax paid in 12 months that are lent at most (税贷). */
  @IsWholeNumberRecord(TAX_CLASSES, { complete: true }) taxMultiple!: Readonly<Record<TaxClass, number>>;
  @IsWholeFromTo(0, 10_000) receivablesAdvanceBps!: number;
  /** Most debt of all lenders against revenue. */
  @IsWholeFromTo(0, 100_000) leverageBps!: number;
  /** Cash flow over debt service that must be left, as a decimal. */
  @IsRatio() dscr!: string;
  @IsWholeFromTo(0, 3_600) stressRateBps!: number;
  /** Debt service that the cash flow has to carry: of an annuity whatever the method (`annuity`), or of the method that was asked for (`method`). */
  @IsIn(DSCR_SERVICES) dscrService!: (typeof DSCR_SERVICES)[number];
  /** Most that is lent where the credit bureau has no record of the firm. */
  @IsMinorAmount() thinFileCapMinor!: string;
  /** Caps that fall away where their fact is missing; any other cap without its fact is 0 (a missing source is never good: R-CR-02). */
  @IsArray() @ArrayUnique() @IsIn(FACT_CAPS, { each: true }) droppedWithoutFact!: readonly FactCap[];
  /** Coefficient on the whole limit by section of GB/T 4754, in basis points of 1 (R-MK-02). */
  @IsWholeNumberRecord(INDUSTRY_SECTIONS, { complete: false }) industryCoefficientBps!: Readonly<Record<string, number>>;
  /** That of every other section. */
  @IsWholeFromTo(0, 20_000) otherIndustryCoefficientBps!: number;
}
