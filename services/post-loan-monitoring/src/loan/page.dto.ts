import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** Query of `GET /loans/{loanId}/repayments` and `…/journal`. */
export class PageDto {
  /** `nextCursor` of the page before. */
  @IsOptional() @Matches(/^\d{1,18}$/, { message: 'cursor must be the nextCursor of the page before' }) cursor?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
