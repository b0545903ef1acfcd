import { GUARANTEE_CLAIM_GROUNDS, GUARANTEE_KINDS, type GuaranteeKind } from '@millrace/contracts/api';
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';

const SHA256 = /^[0-9a-f]{64}$/;

/** Body of `PUT /loans/{loanId}/guarantees/{guaranteeId}`. */
export class RecordGuaranteeDto {
  @Matches(/^[A-Z0-9-]{4,40}$/) guarantorRef!: string;
  @IsIn(Object.keys(GUARANTEE_KINDS)) kind!: GuaranteeKind;
  @Matches(/^(0|[1-9]\d{0,17})$/) limitMinor!: string;
  @IsOptional() @IsInt() @Min(1) @Max(600) periodMonths?: number;
  @Matches(SHA256) contractSha256!: string;
}

/** A guarantor's consent in writing, in the body of a change. */
export class ConsentDto {
  @IsUUID() guaranteeId!: string;
  @Matches(SHA256) documentSha256!: string;
}

/** An id is one value however it is written; the database keeps it in lower case. */
export const lowerConsents = (consents: readonly ConsentDto[]): ConsentDto[] =>
  consents.map(({ guaranteeId, documentSha256 }) => ({ guaranteeId: guaranteeId.toLowerCase(), documentSha256 }));

/** Body of `PUT /loans/{loanId}/guarantee-claims/{guaranteeClaimId}`. */
export class ClaimGuaranteeDto {
  @IsUUID() guaranteeId!: string;
  @Matches(/^[1-9]\d{0,17}$/, { message: '$property must be more than zero minor units (fen) as a string' }) amountMinor!: string;
  @IsIn(Object.keys(GUARANTEE_CLAIM_GROUNDS)) ground!: keyof typeof GUARANTEE_CLAIM_GROUNDS;
  @Matches(SHA256) documentSha256!: string;
}

/** Body of `PUT /loans/{loanId}/guarantee-compensations/{guaranteeCompensationId}`. */
export class RecordCompensationDto {
  @IsUUID() guaranteeId!: string;
  @Matches(/^[\x21-\x7e]{1,100}$/) bankReference!: string;
}
