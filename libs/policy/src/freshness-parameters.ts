import { IsWholeFromTo } from './is-parameter.js';

const A_YEAR = 365;

/** How many days the stored answer of each source may be decided by; an older one is asked for again (M-AP-12). */
export class FreshnessParameters {
  @IsWholeFromTo(1, A_YEAR) identityDays!: number;
  @IsWholeFromTo(1, A_YEAR) registryDays!: number;
  @IsWholeFromTo(1, A_YEAR) taxDays!: number;
  @IsWholeFromTo(1, A_YEAR) invoicesDays!: number;
  /** Lists of sanctions change from one day to the next. */
  @IsWholeFromTo(1, A_YEAR) watchlistDays!: number;
  @IsWholeFromTo(1, A_YEAR) courtsDays!: number;
  @IsWholeFromTo(1, A_YEAR) enterpriseBureauDays!: number;
  @IsWholeFromTo(1, A_YEAR) personalBureauDays!: number;
}
