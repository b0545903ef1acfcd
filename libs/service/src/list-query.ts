import { IsCalendarDay, IsInstant } from '@millrace/contracts';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** Rows of a page where the query names no limit. */
export const DEFAULT_PAGE_SIZE = 50;

/** What every list of applications or loans may be asked for. Filters combine: a row has to meet all of them. */
export class ListQuery {
  /** `nextCursor` of the page before; opaque. */
  @IsOptional() @Matches(/^[A-Za-z0-9_-]{1,200}$/, { message: 'cursor must be the nextCursor of the page before' }) cursor?: string;
  /** Rows of a page; {@link DEFAULT_PAGE_SIZE} where it is not given. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  /** First business day (Asia/Shanghai), YYYY-MM-DD. */
  @IsOptional() @IsCalendarDay() from?: string;
  /** Last business day, which belongs to the range. */
  @IsOptional() @IsCalendarDay() to?: string;
  /** Rows that have changed at this instant or later: `nextUpdatedSince` of an earlier answer. */
  @IsOptional() @IsInstant() updatedSince?: string;
}
