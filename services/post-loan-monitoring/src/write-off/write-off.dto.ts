import { WRITE_OFF_GROUNDS } from '@millrace/contracts/api';
import { IsIn, Matches } from 'class-validator';

/** Body of `PUT /loans/{loanId}/write-offs/{writeOffId}`. */
export class RequestWriteOffDto {
  @IsIn(Object.keys(WRITE_OFF_GROUNDS)) ground!: keyof typeof WRITE_OFF_GROUNDS;
  /** Hash of the file that shows that all means are used. */
  @Matches(/^[0-9a-f]{64}$/) evidenceSha256!: string;
}
