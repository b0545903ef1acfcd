import { IsUscc } from '@millrace/contracts';
import { ListQuery } from '@millrace/service';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { STATUSES, type ApplicationStatus } from '../process/loan-process.js';

/** Body of `PUT …/cancellations/{cancellationId}`. */
export class CancelApplicationDto {
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
}

/** Query of `GET /loan-applications`; the days are those of the submission. */
export class ListApplicationsDto extends ListQuery {
  @IsOptional() @IsIn(Object.keys(STATUSES).filter((status) => status !== 'NEW')) status?: ApplicationStatus;
  /** Applications of this firm. */
  @IsOptional() @IsUscc() uscc?: string;
}
