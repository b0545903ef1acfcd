import { ListQuery } from '@millrace/service';
import { IsIn, IsOptional, IsUUID } from 'class-validator';

/** Query of `GET /loans`; the days are those of the payout. */
export class ListLoansDto extends ListQuery {
  @IsOptional() @IsIn(['ACTIVE', 'SETTLED']) status?: 'ACTIVE' | 'SETTLED';
  /** The loan of this application, if it has one. */
  @IsOptional() @IsUUID() applicationId?: string;
}
