import { IsCalendarDay, IsUnsignedMinorUnits, LOAN_CLASSES, type LoanClass } from '@millrace/contracts';
import { CLASS_FACT_KINDS, CLASS_FACT_REASONS, type ClassFactKind } from '@millrace/contracts/api';
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** Body of `PUT /loans/{loanId}/class-facts/{classFactId}`. */
export class RecordClassFactDto {
  @IsIn(Object.keys(CLASS_FACT_KINDS)) kind!: ClassFactKind;
  @Matches(DATE) @IsCalendarDay() from!: string;
  @IsOptional() @Matches(DATE) @IsCalendarDay() to?: string;
  @IsOptional() @IsInt() @Min(0) @Max(10_000) shareBps?: number;
  @IsOptional() @IsUnsignedMinorUnits() amountMinor?: string;
  @IsOptional() @IsIn(LOAN_CLASSES.slice(1)) atLeast?: LoanClass;
  @IsIn(Object.keys(CLASS_FACT_REASONS)) reason!: keyof typeof CLASS_FACT_REASONS;
  @IsOptional() @Matches(SHA256) documentSha256?: string;
}

/** Body of `PUT /loans/{loanId}/class-fact-ends/{classFactEndId}`. */
export class EndClassFactDto {
  @IsUUID() classFactId!: string;
  @Matches(DATE) @IsCalendarDay() to!: string;
  @IsIn(Object.keys(CLASS_FACT_REASONS)) reason!: keyof typeof CLASS_FACT_REASONS;
  @IsOptional() @Matches(SHA256) documentSha256?: string;
}
