import { IsCalendarDay } from '@millrace/contracts';
import { RESERVE_TOP_UP_REASONS, RESERVE_USE_REASONS } from '@millrace/contracts/api';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** What is to be moved. */
class ReserveAmountDto {
  @Matches(/^[1-9]\d{0,16}$/, { message: '$property must be more than zero minor units (fen) as a string' }) amountMinor!: string;
  @Matches(/^[A-Z]{3}$/) currency!: string;
}

/** Body of `PUT /reserve/uses/{reserveUseId}`. */
export class UseReserveDto extends ReserveAmountDto {
  @IsIn(Object.keys(RESERVE_USE_REASONS)) reason!: keyof typeof RESERVE_USE_REASONS;
  /** The lender's own name of the operational loss event. */
  @Matches(/^[\x21-\x7e]{1,100}$/) eventReference!: string;
}

/** Body of `PUT /reserve/top-ups/{reserveTopUpId}`. */
export class TopUpReserveDto extends ReserveAmountDto {
  @IsIn(Object.keys(RESERVE_TOP_UP_REASONS)) reason!: keyof typeof RESERVE_TOP_UP_REASONS;
}

/** Query of the report of the reserve. */
export class ReserveQueryDto {
  @IsOptional() @IsCalendarDay() date?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(60) months?: number;
}
