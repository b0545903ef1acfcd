import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsInt, Max, Min } from 'class-validator';
import { IsWholeFromTo } from './is-parameter.js';

/** Stages that days past due begin: C1 to C5. */
const STAGES_BY_DPD = 5;

/** How arrears are pursued, and when and how often somebody may be spoken to about them (M-CO-01 to M-CO-04). */
export class CollectionParameters {
  /** First day past due of each stage from C1 to C5. */
  @IsArray()
  @ArrayMinSize(STAGES_BY_DPD)
  @ArrayMaxSize(STAGES_BY_DPD)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(3_650, { each: true })
  stageFromDpd!: readonly number[];
  /** Hour of Asia/Shanghai from which somebody may be spoken to; a lender may begin later than the trade, and not earlier. */
  @IsWholeFromTo(8, 12) contactFromHour!: number;
  /** Hour at which that ends. */
  @IsWholeFromTo(13, 22) contactUntilHour!: number;
  /** Most contacts with one debtor or guarantor on one day. */
  @IsWholeFromTo(1, 3) contactsPerDay!: number;
  /** Days before a due date on which the borrower is reminded of it, 0 for the day itself; none where the lender sends no reminders. */
  @IsArray() @ArrayMaxSize(6) @ArrayUnique() @IsInt({ each: true }) @Min(0, { each: true }) @Max(30, { each: true }) remindDaysBefore!: readonly number[];
}

/** What contradicts itself in these numbers, a line each. */
export function checkCollection({ stageFromDpd }: CollectionParameters): string[] {
  const rises = stageFromDpd.every((from, at) => at === 0 || from > stageFromDpd[at - 1]!);
  return stageFromDpd[0] === 1 && rises ? [] : ['collection.stageFromDpd must begin with 1, the first day past due, and rise'];
}
