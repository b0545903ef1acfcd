import { IsCalendarDay } from '@millrace/contracts';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Query of the reports. */
export class ReportQueryDto {
  /** A day that is closed; the newest where it is not given. */
  @IsOptional() @IsCalendarDay() date?: string;
}

/** Query of the reports that go back over months. */
export class MonthsQueryDto extends ReportQueryDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(60) months?: number;
}
