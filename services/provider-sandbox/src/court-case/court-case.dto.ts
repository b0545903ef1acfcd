import { CURRENCY, IsCalendarDay, IsUnsignedMinorUnits } from '@millrace/contracts';
import { Equals, IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateIf } from 'class-validator';

const SHA256 = /^[0-9a-f]{64}$/;

/** Body of `PUT /v1/court/filings/{filingId}`. */
export class CourtFilingDto {
  @IsString() @IsNotEmpty() @MaxLength(64) lender!: string;
  @IsUUID() loanId!: string;
  @IsUUID() legalCaseId!: string;
  /** Who is sued: `firm:` and the code of the firm. */
  @Matches(/^firm:[A-Z0-9-]{1,40}$/, { message: 'subjectRef must be firm: with a code' }) subjectRef!: string;
  @Matches(/^[a-z][a-z_]{1,39}$/) kind!: string;
  @IsString() @IsNotEmpty() @MaxLength(100) court!: string;
  @IsUnsignedMinorUnits() claimMinor!: string;
  @Equals(CURRENCY) currency!: string;
  @Matches(SHA256, { message: 'documentSha256 must be a SHA-256 in hex' }) documentSha256!: string;
}

/** Query of `GET /v1/court/news`: one of the two names the case. */
export class CourtNewsQueryDto {
  @ValidateIf(({ caseNumber }: CourtNewsQueryDto) => caseNumber === undefined) @IsUUID() filingId?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(100) caseNumber?: string;
}

/** Body of `PUT /sandbox/court-news/{newsId}`; the case is named as in the query, and another `caseNumber` beside a `filingId` is what the court tells wrongly. */
export class MakeCourtNewsDto extends CourtNewsQueryDto {
  @IsIn(['docketed', 'hearing', 'judgment', 'mediated', 'effective', 'enforcement', 'seizure', 'distribution', 'closed', 'other']) kind!: string;
  @IsCalendarDay() on!: string;
  @IsOptional() @IsUnsignedMinorUnits() awardedMinor?: string;
  @IsOptional() @IsIn(['won', 'won_in_part', 'lost', 'settled', 'withdrawn', 'enforcement_ended']) outcome?: string;
  @Matches(SHA256, { message: 'documentSha256 must be a SHA-256 in hex' }) documentSha256!: string;
}
