import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** Body of `PUT /review-tasks/{reviewTaskId}/decisions/{decisionId}`. */
export class DecideReviewDto {
  @IsIn(['approve', 'reject']) decision!: 'approve' | 'reject';
  /** Stable code of the reason; it is told to the applicant, the comment is not. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
  @IsOptional() @IsString() @MaxLength(2_000) comment?: string;
}
