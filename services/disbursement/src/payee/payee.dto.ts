import { IsString, Matches, MaxLength } from 'class-validator';
import type { Payee } from './payee-record.js';

/** Account that a loan is to be paid to, as the applicant gave it. */
export class PayeeDto {
  /** Name of the account's holder, as the bank has it. */
  @IsString()
  @Matches(/\S/, { message: '$property must not be empty' })
  @MaxLength(120)
  accountName!: string;

  /** Digits of the account or card number. */
  @Matches(/^\d{8,32}$/, { message: '$property must be 8 to 32 digits' })
  accountNumber!: string;
}

/** A stored payee, masked. */
export interface PayeeView extends Payee {
  readonly payeeRecordId: string;
  readonly applicationId: string;
  readonly createdAt: string;
}
