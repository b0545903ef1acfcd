import { REVERSAL_REASONS } from '@millrace/contracts/api';
import { IsIn, IsUUID } from 'class-validator';

/** Body of `PUT /loans/{loanId}/reversals/{reversalId}`. */
export class RequestReversalDto {
  /** The repayment that is to count no more. */
  @IsUUID() repaymentId!: string;
  @IsIn(Object.keys(REVERSAL_REASONS)) reason!: keyof typeof REVERSAL_REASONS;
}
