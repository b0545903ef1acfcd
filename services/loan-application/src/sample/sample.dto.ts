import { IsIn, IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';

/** Body of `PUT /loan-applications/{applicationId}/sample-findings/{findingId}`. */
export class SampleFindingDto {
  @IsIn(['confirmed', 'would-refuse']) outcome!: 'confirmed' | 'would-refuse';
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
  @IsOptional() @IsString() @Length(1, 2_000) comment?: string;
}

/** Query of `GET /reports/engine-sample`. */
export class SamplePeriodDto {
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'from must be a day as YYYY-MM-DD' }) @IsISO8601({ strict: true }) from!: string;
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'to must be a day as YYYY-MM-DD' }) @IsISO8601({ strict: true }) to!: string;
}
