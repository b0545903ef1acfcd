import { isRecord, PURPOSES } from '@millrace/contracts';
import { ArrayUnique, IsArray, IsIn, Matches, ValidateBy } from 'class-validator';
import { IsWholeFromTo } from './is-parameter.js';

/** What a firm has of staff, revenue and assets; a figure that is not named says nothing. */
export interface FirmFigures {
  readonly employees?: number;
  readonly revenueMinor?: string;
  readonly assetsMinor?: string;
}

/** From which figures on, all of them reached, firms of some industries are small, and from which on larger than that. */
export interface FirmSizeRow {
  /** Sections and divisions of GB/T 4754, e.g. `F51`; the longest that fits a firm counts. */
  readonly industries: readonly string[];
  readonly smallFrom: FirmFigures;
  readonly largerFrom: FirmFigures;
}

const MINOR = /^[1-9]\d{0,17}$/;
const CHECKS: Readonly<Record<keyof FirmFigures, (value: unknown) => boolean>> = {
  employees: (value) => Number.isInteger(value) && (value as number) > 0,
  revenueMinor: (value) => typeof value === 'string' && MINOR.test(value),
  assetsMinor: (value) => typeof value === 'string' && MINOR.test(value),
};

function areFigures(value: unknown): boolean {
  if (!isRecord(value) || Object.keys(value).length === 0) return false;
  return Object.entries(value).every(([name, figure]) => name in CHECKS && CHECKS[name as keyof FirmFigures](figure));
}

function isRow(row: unknown): boolean {
  if (!isRecord(row) || Object.keys(row).sort().join() !== 'industries,largerFrom,smallFrom') return false;
  const { industries, smallFrom, largerFrom } = row;
  const named = Array.isArray(industries) && industries.length > 0 && industries.every((code) => typeof code === 'string' && /^[A-T](\d{2})?$/.test(code));
  return named && areFigures(smallFrom) && areFigures(largerFrom);
}

const IsFirmSizes = (): PropertyDecorator =>
  ValidateBy({
    name: 'isFirmSizes',
    validator: {
      validate: (value: unknown): boolean => Array.isArray(value) && value.every(isRow),
      defaultMessage: () => 'must be rows of industries, smallFrom and largerFrom, with employees, revenueMinor and assetsMinor as far as they count',
    },
  });

/** Who may apply, and for what: asked of the application itself, before any outside source (M-AP-13). */
export class EntryParameters {
  /** Least age of who signs for the firm. */
  @IsWholeFromTo(0, 30) minApplicantAgeYears!: number;
  /** Industries that nothing is lent to, by section or division. */
  @IsArray()
  @ArrayUnique()
  @Matches(/^[A-T](\d{2})?$/, { each: true, message: 'must be sections and divisions of GB/T 4754, such as J or K70' })
  barredIndustries!: readonly string[];
  /** First digits of the administrative division in which a firm is registered; empty where firms of every region may apply. */
  @IsArray()
  @ArrayUnique()
  @Matches(/^\d{2,6}$/, { each: true, message: 'must be the first two to six digits of administrative divisions' })
  servedRegions!: readonly string[];
  /** Uses of money that the licence bars. */
  @IsArray() @ArrayUnique() @IsIn(PURPOSES, { each: true }) barredPurposes!: readonly string[];
  /** Who is micro, small or larger; empty where it is not asked. */
  @IsFirmSizes() firmSizes!: readonly FirmSizeRow[];
}
