import { LOAN_STATUSES, type LoanStatus } from '@millrace/contracts';
import { ListQuery } from '@millrace/service';
import { IsIn, IsOptional, IsUUID } from 'class-validator';

/** Query of `GET /loans`; the days are those of the payout. */
export class ListLoansDto extends ListQuery {
  @IsOptional() @IsIn(Object.keys(LOAN_STATUSES)) status?: LoanStatus;
  /** The loan of this application, if it has one. */
  @IsOptional() @IsUUID() applicationId?: string;
}
