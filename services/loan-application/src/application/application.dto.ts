import {
  APPLICATION_STATUSES,
  DRAWDOWN_STATUSES,
  IsUscc,
  LOAN_STATUSES,
  type ApplicationStatus,
  type DrawdownStatus,
  type LoanStatus,
} from '@millrace/contracts';
import { ListQuery } from '@millrace/service';
import { IsIn, IsOptional, Matches } from 'class-validator';

/** Body of `PUT …/cancellations/{cancellationId}`. */
export class CancelApplicationDto {
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
}

/** Query of `GET /loan-applications`; the days are those of the submission. */
export class ListApplicationsDto extends ListQuery {
  @IsOptional() @IsIn(Object.keys(APPLICATION_STATUSES)) status?: ApplicationStatus;
  @IsOptional() @IsIn(Object.keys(DRAWDOWN_STATUSES)) drawdownStatus?: DrawdownStatus;
  @IsOptional() @IsIn(Object.keys(LOAN_STATUSES)) loanStatus?: LoanStatus;
  /** Applications of this firm. */
  @IsOptional() @IsUscc() uscc?: string;
}
