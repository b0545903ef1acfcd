import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** Body of `PUT /loan-applications/{applicationId}/committees/{taskId}/motions/{motionId}`. */
export class MotionDto {
  @IsOptional() @Matches(/^[1-9]\d{0,17}$/, { message: 'amountMinor must be an amount in fen as a string' }) amountMinor?: string;
  @IsOptional() @IsInt() @Min(1) @Max(60) tenorMonths?: number;
}
