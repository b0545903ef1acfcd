import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';

/** Account that a loan is to be paid to, as the applicant gave it. */
export class PayeeDto {
  /** Name of the account's holder, as the bank has it. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(120)
  accountName!: string;

  /** Digits of the account or card number. */
  @Matches(/^\d{8,32}$/, { message: '$property must be 8 to 32 digits' })
  accountNumber!: string;
}

/** A stored payee; the number is shown by its ends only (R-LE-01). */
export interface PayeeView {
  readonly payeeRecordId: string;
  readonly applicationId: string;
  readonly accountName: string;
  readonly accountNumber: string;
  readonly createdAt: string;
}
