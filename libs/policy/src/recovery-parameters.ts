import { IsWholeFromTo } from './is-parameter.js';

/** How a loan that is not repaid is pursued, and how long its file is kept (R-PL-06). */
export class RecoveryParameters {
  /** More days past due than these let a loan be called in for lateness alone. */
  @IsWholeFromTo(1, 365) accelerationOverDpd!: number;
  /** Years after which a claim cannot be enforced any more; a demand begins them anew. */
  @IsWholeFromTo(1, 20) limitationYears!: number;
  /** Days after the settlement from which the file of a loan may be closed. */
  @IsWholeFromTo(0, 365) fileClosesAfterDays!: number;
  /** Years for which a closed file is kept. */
  @IsWholeFromTo(10, 100) retentionYears!: number;
}
