import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { STATUSES, type ApplicationStatus } from '../process/loan-process.js';

/** Body of `PUT …/cancellations/{cancellationId}`. */
export class CancelApplicationDto {
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
}

/** Query of `GET /loan-applications`. */
export class ListApplicationsDto {
  @IsOptional() @IsIn(Object.keys(STATUSES).filter((status) => status !== 'NEW')) status?: ApplicationStatus;
  /** `nextCursor` of the page before. */
  @IsOptional() @IsUUID() cursor?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
