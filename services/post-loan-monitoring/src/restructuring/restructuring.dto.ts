import { IsCalendarDay, IsListOf } from '@millrace/contracts';
import { HARDSHIPS } from '@millrace/contracts/api';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { ConsentDto } from '../guarantee/guarantee.dto.js';

/** Body of `PUT /loans/{loanId}/restructurings/{restructuringId}`. */
export class RestructureLoanDto {
  @IsOptional() @IsInt() @Min(0) @Max(10_000) rateBps?: number;
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) @IsCalendarDay() firstDueOn?: string;
  @IsOptional() @IsInt() @Min(1) @Max(600) instalments?: number;
  @IsIn(Object.keys(HARDSHIPS)) hardship!: keyof typeof HARDSHIPS;
  @Matches(/^[0-9a-f]{64}$/) evidenceSha256!: string;
  @IsListOf(() => ConsentDto, 20) consents!: ConsentDto[];
}
