import { IsCalendarDay, IsUnsignedMinorUnits } from '@millrace/contracts';
import { LEGAL_CASE_KINDS, LEGAL_CASE_OUTCOMES, LEGAL_CASE_UPDATES, NOTICE_CHANNELS } from '@millrace/contracts/api';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, Matches, ValidateIf } from 'class-validator';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** Body of `PUT /loans/{loanId}/legal-cases/{legalCaseId}`. */
export class FileLegalCaseDto {
  @IsIn(Object.keys(LEGAL_CASE_KINDS)) kind!: keyof typeof LEGAL_CASE_KINDS;
  @IsString() @Length(1, 100) court!: string;
  /** The court's own name of the case; it is learnt from the court where it is to be filed electronically. */
  @ValidateIf(({ electronic, courtReference }: FileLegalCaseDto) => electronic !== true || courtReference !== undefined)
  @IsString()
  @Length(1, 100)
  courtReference?: string;
  /** It is to be filed electronically, once two persons have decided. */
  @IsOptional() @IsBoolean() electronic?: boolean;
  @Matches(DATE) @IsCalendarDay() filedOn!: string;
  @Matches(/^[1-9]\d{0,17}$/, { message: '$property must be more than zero minor units (fen) as a string' }) claimMinor!: string;
  @Matches(SHA256) documentSha256!: string;
}

/** Body of `PUT /loans/{loanId}/legal-case-updates/{legalCaseUpdateId}`. */
export class UpdateLegalCaseDto {
  @IsUUID() legalCaseId!: string;
  @IsIn(Object.keys(LEGAL_CASE_UPDATES)) kind!: keyof typeof LEGAL_CASE_UPDATES;
  @Matches(DATE) @IsCalendarDay() on!: string;
  /** What was awarded, of a judgment or a settlement in court. */
  @IsOptional() @IsUnsignedMinorUnits() awardedMinor?: string;
  @Matches(SHA256) documentSha256!: string;
}

/** Body of `PUT /loans/{loanId}/legal-case-ends/{legalCaseEndId}`. */
export class EndLegalCaseDto {
  @IsUUID() legalCaseId!: string;
  @IsIn(Object.keys(LEGAL_CASE_OUTCOMES)) outcome!: keyof typeof LEGAL_CASE_OUTCOMES;
  @Matches(DATE) @IsCalendarDay() on!: string;
  @Matches(SHA256) documentSha256!: string;
}

/** Body of `PUT /loans/{loanId}/demands/{demandId}`. */
export class RecordDemandDto {
  /** Day on which the borrower was asked for the money. */
  @Matches(DATE) @IsCalendarDay() servedOn!: string;
  @IsIn(Object.keys(NOTICE_CHANNELS)) channel!: keyof typeof NOTICE_CHANNELS;
  @Matches(SHA256) documentSha256!: string;
}
