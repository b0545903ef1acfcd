import { EXTENSION_REASONS } from '@millrace/contracts/api';
import { IsListOf } from '@millrace/contracts';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { ConsentDto } from '../guarantee/guarantee.dto.js';

/** Body of `PUT /loans/{loanId}/extensions/{extensionId}`. */
export class ExtendLoanDto {
  @IsInt() @Min(1) @Max(600) months!: number;
  @IsIn(Object.keys(EXTENSION_REASONS)) reason!: keyof typeof EXTENSION_REASONS;
  @Matches(/^[0-9a-f]{64}$/) requestSha256!: string;
  @IsListOf(() => ConsentDto, 20) consents!: ConsentDto[];
}
