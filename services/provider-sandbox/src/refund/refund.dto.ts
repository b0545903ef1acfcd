import { CURRENCY, IsUnsignedMinorUnits } from '@millrace/contracts';
import { Equals, IsNotEmpty, IsString, Matches, MaxLength, NotEquals } from 'class-validator';

const ACCOUNT = /^\d{8,32}$/;

/** Body of `PUT /v1/bank/refunds/{refundId}`. */
export class RefundDto {
  @IsUnsignedMinorUnits() @NotEquals('0', { message: 'amountMinor must be more than zero' }) amountMinor!: string;
  @Equals(CURRENCY, { message: `currency must be ${CURRENCY}` }) currency!: typeof CURRENCY;
  @IsString() @IsNotEmpty() @MaxLength(120) payeeName!: string;
  @Matches(ACCOUNT, { message: 'payeeAccount must be 8 to 32 digits' }) payeeAccount!: string;
  /** The lender's account that the money leaves, on whose statement it is shown. */
  @Matches(ACCOUNT, { message: 'payerAccount must be 8 to 32 digits' }) payerAccount!: string;
  /** The bank's reference of the credit that goes back. */
  @Matches(/^[\x21-\x7e]{1,100}$/, { message: 'originalReference must be the reference of a credit' }) originalReference!: string;
  @IsString() @MaxLength(200) purpose!: string;
}

/** A refund as the bank has it now. */
export interface RefundView {
  readonly refundId: string;
  readonly status: 'refunded' | 'refused' | 'pending';
  readonly bankReference: string;
  readonly refundedAt: string | null;
  readonly reason: string | null;
}
