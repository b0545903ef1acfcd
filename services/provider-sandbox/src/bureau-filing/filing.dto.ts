import { CURRENCY, IsCalendarDay, IsUnsignedMinorUnits } from '@millrace/contracts';
import { Equals, IsBoolean, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';

/** Body of `PUT /v1/bureau/filings/{filingId}`. */
export class FilingDto {
  @IsString() @IsNotEmpty() @MaxLength(64) lender!: string;
  @IsUUID() loanId!: string;
  /** Whom it is about: `firm:` and the code of the firm. */
  @Matches(/^firm:[A-Z0-9-]{1,40}$/, { message: 'subjectRef must be firm: with a code' }) subjectRef!: string;
  @IsCalendarDay() asOf!: string;
  @Matches(/^[A-Z][A-Z_]{1,39}$/) status!: string;
  @Matches(/^[A-Z][A-Z_]{1,39}$/) loanClass!: string;
  @IsInt() @Min(0) @Max(100_000) daysPastDue!: number;
  @IsUnsignedMinorUnits() outstandingPrincipalMinor!: string;
  @IsUnsignedMinorUnits() overdueMinor!: string;
  @Equals(CURRENCY) currency!: string;
  /** It tells of arrears or a loss. */
  @IsBoolean() isNegative!: boolean;
  /** Why the lender reports on this day; left out by lenders that report at month ends alone. */
  @IsOptional() @Matches(/^[a-z][a-z_]{1,39}$/) occasion?: string;
  /** The report of the same day that it takes the place of. */
  @IsOptional() @IsUUID() corrects?: string;
}

/** Query of `GET /sandbox/filings`. */
export class FiledReportsDto {
  @IsUUID() loanId!: string;
}
