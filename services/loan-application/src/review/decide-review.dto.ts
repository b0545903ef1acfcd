import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

/** Body of `PUT /review-tasks/{reviewTaskId}/delegations/{delegationId}`. */
export class DelegateReviewDto {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { message: 'to must be the id of a login' }) to!: string;
}

/** Body of `PUT /review-tasks/{reviewTaskId}/decisions/{decisionId}`. */
export class DecideReviewDto {
  @IsIn(['approve', 'reject']) decision!: 'approve' | 'reject';
  /** A reason of the catalogue (`GET /review-reasons`); what the applicant is told of it stands there. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
  /** Less than what is proposed, for an approval of the loan. */
  @IsOptional() @Matches(/^[1-9]\d{0,17}$/, { message: 'amountMinor must be an amount in fen as a string' }) amountMinor?: string;
  /** Another time than was asked for, likewise. */
  @IsOptional() @IsInt() @Min(1) @Max(60) tenorMonths?: number;
  @IsOptional() @IsString() @MaxLength(2_000) comment?: string;
}
