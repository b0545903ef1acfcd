import {
  CONSENT_TYPES,
  DISCLOSURES,
  IsInstant,
  IsNested,
  IsUnsignedMinorUnits,
  IsUscc,
  PURPOSES,
  REPAYMENT_METHODS,
  type ConsentType,
  type Disclosure,
  type Purpose,
  type RepaymentMethod,
} from '@millrace/contracts';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';

export class DraftCompanyDto {
  @IsOptional() @IsUscc() uscc?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(200) name?: string;
  @IsOptional() @IsUnsignedMinorUnits() declaredRevenueMinor?: string;
  @IsOptional() @Matches(/^([A-Z]\d{0,4}|\d{1,4})$/, { message: 'industryCode must be a GB/T 4754 code, such as C13 or 5173' }) industryCode?: string;
  @IsOptional() @IsInt() @Min(0) @Max(10_000_000) employees?: number;
  @IsOptional() @IsUnsignedMinorUnits() assetsMinor?: string;
}

/** Body of `PUT /drafts/{applicationId}`: whatever is known so far; each field is of its form where it is given, and held against the product at the submission. */
export class SaveDraftDto {
  @IsOptional() @IsString() @MaxLength(64) productCode?: string;
  @IsOptional() @Matches(/^-?\d{1,18}(\.\d{1,18})?$/, { message: 'requestedAmountMinor must be an amount in fen as a string' }) requestedAmountMinor?: string;
  @IsOptional() @IsString() @MaxLength(3) currency?: string;
  @IsOptional() @IsInt() tenorMonths?: number;
  @IsOptional() @IsIn(REPAYMENT_METHODS) repaymentMethod?: RepaymentMethod;
  @IsOptional() @IsIn(PURPOSES) purpose?: Purpose;
  @IsOptional() @IsNested(() => DraftCompanyDto) company?: DraftCompanyDto;
  @IsOptional() @IsUUID() renewsLoanId?: string;
}

/** Body of `PUT /drafts/{applicationId}/disclosure-views/{viewId}`. */
export class ShowPageDto {
  @IsIn(DISCLOSURES) type!: Disclosure;
  @Matches(/^[0-9a-f]{64}$/, { message: 'textSha256 must be a SHA-256 in lower-case hex' }) textSha256!: string;
  @IsInstant() shownAt!: string;
  @IsOptional() @IsInstant() tickedAt?: string;
}

/** Body of `PUT /drafts/{applicationId}/consents/{consentId}`. */
export class GiveConsentDto {
  @IsIn(CONSENT_TYPES) type!: ConsentType;
  @IsString() @IsNotEmpty() @MaxLength(40) textVersion!: string;
  @Matches(/^[0-9a-f]{64}$/, { message: 'textSha256 must be a SHA-256 in lower-case hex' }) textSha256!: string;
  @IsInstant() grantedAt!: string;
}

/** Body of `PUT /drafts/{applicationId}/consents/{consentId}/withdrawal`. */
export class WithdrawDraftConsentDto {
  @IsInstant() withdrawnAt!: string;
}

/** Body of `PUT /drafts/{applicationId}/cancellation`. */
export class CancelDraftDto {
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
}
