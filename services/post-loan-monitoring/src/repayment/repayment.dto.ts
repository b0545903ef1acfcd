import { PREPAYMENT_EFFECTS, type PrepaymentEffect } from '@millrace/contracts';
import { IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** Body of `PUT /loans/{loanId}/repayments/{repaymentId}`: one transfer, as the partner knows it. */
export class RecordRepaymentDto {
  /** Fen; what is no whole, positive number of them gets a code of its own. */
  @Matches(/^-?\d{1,18}(\.\d{1,18})?$/, { message: 'amountMinor must be an amount in fen as a string' }) amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  /** Business date (Asia/Shanghai) on which the money was on the lender's account. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'receivedOn must be a date, YYYY-MM-DD' })
  @IsISO8601({ strict: true }, { message: 'receivedOn must be a day of the calendar' })
  receivedOn!: string;
  /** The bank's own name of the transfer. */
  @Matches(/^[\x21-\x7e]{1,100}$/, { message: 'bankReference must be 1 to 100 printable ASCII characters without spaces' }) bankReference!: string;
}

/** Body of `PUT /loans/{loanId}/prepayments/{prepaymentId}`: one transfer that is to repay principal before it is due. */
export class RecordPrepaymentDto extends RecordRepaymentDto {
  /** What it leaves as it was; that of the contract where it is not given. */
  @IsOptional() @IsIn(PREPAYMENT_EFFECTS) effect?: PrepaymentEffect;
}
