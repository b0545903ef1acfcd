import {
  DISCLOSURES,
  IsListOf,
  IsNested,
  IsUnsignedMinorUnits,
  IsUscc,
  MAX_GUARANTORS,
  PURPOSES,
  REPAYMENT_METHODS,
  type Disclosure,
  type Purpose,
  type RepaymentMethod,
} from '@millrace/contracts';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { GuarantorDto } from '../guarantor/guarantor.dto.js';
import { ConsentDto } from '../text/consent.dto.js';

export class CompanyDto {
  /** Unified social credit code; a typing error that its check character shows is refused, and no firm is asked about. */
  @IsUscc() uscc!: string;
  @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
  @IsUnsignedMinorUnits() declaredRevenueMinor!: string;
  @Matches(/^[A-Z]?\d{0,4}$/, { message: 'industryCode must be a GB/T 4754 code, such as C13 or 5173' }) @IsNotEmpty() industryCode!: string;
  /** Staff, as the firm states it. */
  @IsOptional() @IsInt() @Min(0) @Max(10_000_000) employees?: number;
  /** Assets at the last year-end, as the firm states them. */
  @IsOptional() @IsUnsignedMinorUnits() assetsMinor?: string;
}

/** What is applied for, by which firm, under which consents: all of an application but its people and its account. */
export class SubmittedTermsDto {
  @IsString() @MaxLength(64) productCode!: string;
  /** Fen; what is no whole, positive number of them gets a code of its own. */
  @Matches(/^-?\d{1,18}(\.\d{1,18})?$/, { message: 'requestedAmountMinor must be an amount in fen as a string' }) requestedAmountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  @IsInt() tenorMonths!: number;
  @IsIn(REPAYMENT_METHODS) repaymentMethod!: RepaymentMethod;
  @IsIn(PURPOSES) purpose!: Purpose;
  @IsNested(() => CompanyDto) company!: CompanyDto;
  @IsListOf(() => ConsentDto, 20) consents!: ConsentDto[];
  @IsArray() @ArrayMaxSize(10) @ArrayUnique() @IsIn(DISCLOSURES, { each: true }) disclosuresAcknowledged!: Disclosure[];
  /** Loan of the same firm that is to be renewed. */
  @IsOptional() @IsUUID() renewsLoanId?: string;
}

/** Consents of one who is to stand for the loan, before anything of it is recorded. */
export class GuarantorConsentsDto {
  @IsUUID() guarantorId!: string;
  @IsListOf(() => ConsentDto, 10) consents!: ConsentDto[];
}

/** Body of `PUT /loan-applications/{applicationId}/admission`. */
export class AdmitApplicationDto extends SubmittedTermsDto {
  @IsOptional() @IsListOf(() => GuarantorConsentsDto, MAX_GUARANTORS) guarantors?: GuarantorConsentsDto[];
}

/** Body of `PUT /loan-applications/{applicationId}`. */
export class SubmitApplicationDto extends SubmittedTermsDto {
  /** Who is to stand for the loan. */
  @IsOptional() @IsListOf(() => GuarantorDto, MAX_GUARANTORS) guarantors?: GuarantorDto[];
  @IsUUID() applicantRecordId!: string;
  @IsUUID() payeeRecordId!: string;
  /** Age of who signs, in full years, as kyc-antifraud has it; it is compared and not kept. */
  @IsOptional() @IsInt() @Min(0) @Max(150) applicantAge?: number;
  /** Number of that record's account, masked as disbursement shows it: what the contract states. */
  @IsOptional() @Matches(/^[0-9*]{4,40}$/, { message: 'payeeAccount must be a masked account number' }) payeeAccount?: string;
}
