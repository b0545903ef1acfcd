import { IsBoolean, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';

/** Body of `PUT /v1/bureau/dispute-marks/{markId}`. */
export class DisputeMarkDto {
  @IsString() @IsNotEmpty() @MaxLength(64) lender!: string;
  @IsUUID() loanId!: string;
  @IsUUID() disputeId!: string;
  /** The report that is disputed. */
  @IsUUID() filingId!: string;
  /** Whom it is about: `firm:` and the code of the firm. */
  @Matches(/^firm:[A-Z0-9-]{1,40}$/, { message: 'subjectRef must be firm: with a code' }) subjectRef!: string;
  /** It is disputed; false where that is over. */
  @IsBoolean() isDisputed!: boolean;
  /** The mark that is taken off. */
  @IsOptional() @IsUUID() lifts?: string;
}
