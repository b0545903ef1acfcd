import { IsCalendarDay, IsUscc } from '@millrace/contracts';
import { Matches } from 'class-validator';

/** Body of `PUT /loans/{loanId}/transfers/{transferId}`. */
export class RequestTransferDto {
  /** Name of the firm that buys the claim: one line, not empty. */
  @Matches(/^(?=.*\S)[^\p{Cc}\p{Zl}\p{Zp}]{1,100}$/u, { message: '$property must be one line of 1 to 100 characters' }) buyerName!: string;
  @IsUscc() buyerUscc!: string;
  /** Fen. */
  @Matches(/^[1-9]\d{0,17}$/, { message: '$property must be more than zero minor units (fen) as a string' }) priceMinor!: string;
  /** The lender's own number of the contract of the sale. */
  @Matches(/^[\x21-\x7e]{1,60}$/, { message: '$property must be 1 to 60 printable ASCII characters without spaces' }) contractReference!: string;
  @Matches(/^[0-9a-f]{64}$/) contractSha256!: string;
  /** Day from which the contract has the claim be the buyer's. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) @IsCalendarDay() transfersOn!: string;
}
