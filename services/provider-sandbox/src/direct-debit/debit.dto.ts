import { CURRENCY, IsUnsignedMinorUnits } from '@millrace/contracts';
import { Equals, IsNotEmpty, IsString, Matches, MaxLength, NotEquals } from 'class-validator';

const ACCOUNT = /^\d{8,32}$/;

/** Body of `PUT /v1/bank/debits/{debitId}`. */
export class DebitDto {
  @IsUnsignedMinorUnits() @NotEquals('0', { message: 'amountMinor must be more than zero' }) amountMinor!: string;
  @Equals(CURRENCY, { message: `currency must be ${CURRENCY}` }) currency!: typeof CURRENCY;
  @IsString() @IsNotEmpty() @MaxLength(120) payerName!: string;
  @Matches(ACCOUNT, { message: 'payerAccount must be 8 to 32 digits' }) payerAccount!: string;
  /** The lender's account that the money comes in on, on whose statement it is shown. */
  @Matches(ACCOUNT, { message: 'receiverAccount must be 8 to 32 digits' }) receiverAccount!: string;
  @IsString() @MaxLength(200) purpose!: string;
}

/** A debit as the bank has it now. */
export interface DebitView {
  readonly debitId: string;
  readonly status: 'collected' | 'refused' | 'pending';
  readonly bankReference: string;
  readonly collectedAt: string | null;
  readonly reason: string | null;
}
