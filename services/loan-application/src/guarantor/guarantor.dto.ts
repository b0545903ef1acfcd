import { GUARANTOR_PARTIES, IsListOf, type GuarantorParty } from '@millrace/contracts';
import { GUARANTEE_KINDS, type GuaranteeKind } from '@millrace/contracts/api';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { ConsentDto } from '../text/consent.dto.js';

/** A guarantor in the body of `PUT /loan-applications/{applicationId}`: what is agreed, and what kyc-antifraud shows of whom it has recorded. */
export class GuarantorDto {
  @IsUUID() guarantorId!: string;
  @IsIn(Object.keys(GUARANTEE_KINDS)) kind!: GuaranteeKind;
  @Matches(/^[1-9]\d{0,17}$/, { message: 'limitMinor must be more than zero minor units (fen) as a string' }) limitMinor!: string;
  /** Share of the lent principal; absent for the whole loan. */
  @IsOptional() @IsInt() @Min(1) @Max(10_000) shareBps?: number;
  /** Months after the maturity; absent where nothing is agreed (G-EC-04). */
  @IsOptional() @IsInt() @Min(1) @Max(600) periodMonths?: number;
  @IsListOf(() => ConsentDto, 10) consents!: ConsentDto[];
  @IsUUID() guarantorRecordId!: string;
  @Matches(/^[A-Z0-9-]{4,40}$/) guarantorRef!: string;
  @IsIn(GUARANTOR_PARTIES) party!: GuarantorParty;
  /** A person's is masked, and so is its id number. */
  @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
  @IsString() @IsNotEmpty() @MaxLength(18) identifier!: string;
}
