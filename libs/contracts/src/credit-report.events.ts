import { IsBoolean, IsUUID, Matches } from 'class-validator';
import { DomainEvent, Event } from './event.js';
import { ofLoan } from './of-loan.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const REASON = /^[A-Z][A-Z0-9_]{2,59}$/;

@Event(ofLoan('credit-report-filed', 'The credit bureau has taken in what was reported of the loan for a day.'))
export class CreditReportFiled extends DomainEvent<CreditReportFiled> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The report, by the id that is the bureau’s key of it. */
  @IsUUID() reportId!: string;
  /** Day at whose end it holds: the last of a month, or that of a change. */
  @Matches(DATE) asOf!: string;
  /** It tells of arrears or a loss. */
  @IsBoolean() negative!: boolean;
}

@Event(ofLoan('credit-report-refused', 'The credit bureau does not take in what was reported of the loan for a day.'))
export class CreditReportRefused extends DomainEvent<CreditReportRefused> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The report, by the id that is the bureau’s key of it. */
  @IsUUID() reportId!: string;
  /** Day at whose end it holds: the last of a month, or that of a change. */
  @Matches(DATE) asOf!: string;
  /** Why the bureau does not take it in. */
  @Matches(REASON) reasonCode!: string;
}

@Event(ofLoan('credit-report-withheld', 'Arrears or a loss are not reported to the credit bureau for a month, as their notice was not served early enough.'))
export class CreditReportWithheld extends DomainEvent<CreditReportWithheld> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Last day of the month that it is of. */
  @Matches(DATE) asOf!: string;
  /** Why it may not be reported yet. */
  @Matches(REASON) reasonCode!: string;
}
