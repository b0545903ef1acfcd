import { IsIn } from 'class-validator';
import { IsWholeFromTo } from './is-parameter.js';

/** What the plan of the reserve takes its rate of. */
export const RESERVE_BASES = ['outstanding_principal', 'income_of_year'] as const;

/** The plan by which the reserve for operational risk grows (M-OR-01, R-TC-10). */
export class ReserveParameters {
  /** Principal that is owed at the end of the month, a twelfth of the rate each month; or the income of the year so far, less what the year has put in. */
  @IsIn(RESERVE_BASES) base!: (typeof RESERVE_BASES)[number];
  /** Yearly rate; 0 where there is no plan. */
  @IsWholeFromTo(0, 2_000) rateBps!: number;
  /** Share of the principal that is owed above which the plan puts nothing in. */
  @IsWholeFromTo(0, 2_000) targetBps!: number;
}
