import { CURRENCY, IsUnsignedMinorUnits } from '@millrace/contracts';
import { Equals, IsNotEmpty, IsString, IsUUID, Matches, MaxLength, NotEquals } from 'class-validator';
import { Settable } from '../profile/profile-rules.js';

/** Body of `PUT /v1/bank/payouts/{payoutId}`. */
export class PayoutDto {
  @IsUnsignedMinorUnits() @NotEquals('0', { message: 'amountMinor must be more than zero' }) amountMinor!: string;
  @Equals(CURRENCY, { message: `currency must be ${CURRENCY}` }) currency!: typeof CURRENCY;
  @IsString() @IsNotEmpty() @MaxLength(120) payeeName!: string;
  @Matches(/^\d{8,32}$/, { message: 'payeeAccount must be 8 to 32 digits' }) payeeAccount!: string;
  @IsString() @MaxLength(200) purpose!: string;
  /** The lender's account that the money leaves, on whose statement it is shown; not said by a version of before. */
  @Settable() @Matches(/^\d{8,32}$/, { message: 'payerAccount must be 8 to 32 digits' }) payerAccount?: string;
}

/** A payout as the bank has it now. */
export interface PayoutView {
  readonly payoutId: string;
  readonly status: 'paid' | 'refused' | 'pending';
  readonly bankReference: string;
  readonly paidAt: string | null;
  readonly reason: string | null;
}

/** Body of `PUT /sandbox/payout-returns/{returnId}`: the payee's bank sends a payout back. */
export class PayoutReturnDto {
  @IsUUID() payoutId!: string;
  /** The whole payout where it is not given. */
  @Settable() @IsUnsignedMinorUnits() @NotEquals('0', { message: 'amountMinor must be more than zero' }) amountMinor?: string;
}

/** A payout that comes back, as the bank has it. */
export interface PayoutReturnView {
  readonly returnId: string;
  readonly payoutId: string;
  readonly amountMinor: string;
  readonly bankReference: string;
  readonly returnedAt: string;
}
