import { CURRENCY, IsCalendarDay, IsUnsignedMinorUnits } from '@millrace/contracts';
import { Type } from 'class-transformer';
import { Equals, IsInt, IsString, Matches, Max, MaxLength, Min, MinLength, NotEquals } from 'class-validator';
import { Settable } from '../profile/profile-rules.js';

const ACCOUNT = /^\d{8,32}$/;
const MAX_PAGE = 500;

/** Query of `GET /v1/bank/statements/{account}`. */
export class StatementQueryDto {
  @IsCalendarDay() day!: string;
  @Settable() @Matches(/^\d{1,18}$/, { message: 'cursor must be one that a page gave' }) cursor?: string;
  @Settable() @Type(() => Number) @IsInt() @Min(1) @Max(MAX_PAGE) limit?: number;
}

/** Body of `PUT /sandbox/transfers/{transferId}`: a customer pays. */
export class TransferDto {
  @Matches(ACCOUNT, { message: 'account must be 8 to 32 digits' }) account!: string;
  @IsUnsignedMinorUnits() @NotEquals('0', { message: 'amountMinor must be more than zero' }) amountMinor!: string;
  @Equals(CURRENCY, { message: `currency must be ${CURRENCY}` }) currency!: typeof CURRENCY;
  @IsString() @MinLength(1) @MaxLength(120) payerName!: string;
  @Matches(ACCOUNT, { message: 'payerAccount must be 8 to 32 digits' }) payerAccount!: string;
  /** What the payer writes for the payee (附言); the loan id stands in it. */
  @IsString() @MaxLength(200) remittance!: string;
  /** Today where it is not given. */
  @Settable() @IsCalendarDay() valueOn?: string;
  /** The bank's name of the transfer; made from the id where it is not given. */
  @Settable() @Matches(/^[\x21-\x7e]{1,100}$/, { message: 'bankReference must be 1 to 100 printable ASCII characters without spaces' }) bankReference?: string;
}

/** One line of an account's statement. */
export interface StatementLine {
  readonly lineId: string;
  readonly direction: 'credit' | 'debit';
  readonly amountMinor: string;
  readonly currency: string;
  readonly valueOn: string;
  readonly bookedAt: string;
  readonly bankReference: string;
  readonly counterpartyName: string;
  readonly counterpartyAccount: string;
  readonly remittance: string;
  /** The bank's name of the payout that comes back with the line; null on every other line. */
  readonly returnOf: string | null;
}

/** One page of a day; `nextCursor` is what the next question begins with, also where there is nothing more now. */
export interface StatementPage {
  readonly account: string;
  readonly day: string;
  readonly lines: readonly StatementLine[];
  readonly nextCursor: string;
  readonly more: boolean;
}
