import { IsBoolean, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
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

/** Who says that something at the credit bureau is wrong. */
export const DISPUTE_PARTIES = ['debtor', 'guarantor'] as const;
export type DisputeParty = (typeof DISPUTE_PARTIES)[number];

@Event(
  ofLoan(
    'credit-report-dispute-opened',
    'What was reported of the loan to the credit bureau is disputed: the bureau is asked to mark it, and people check it.',
  ),
)
export class CreditReportDisputeOpened extends DomainEvent<CreditReportDisputeOpened> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The dispute. */
  @IsUUID() disputeId!: string;
  /** The report that is disputed. */
  @IsUUID() reportId!: string;
  /** Day at whose end the report holds. */
  @Matches(DATE) asOf!: string;
  /** Who disputes it. */
  @IsIn(DISPUTE_PARTIES) party!: DisputeParty;
  /** Last day on which it is answered in time (G-CB-05). */
  @Matches(DATE) dueOn!: string;
}

@Event(ofLoan('credit-report-dispute-marked', 'The credit bureau has marked a report as disputed, has taken the mark off, or refuses to.'))
export class CreditReportDisputeMarked extends DomainEvent<CreditReportDisputeMarked> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The dispute. */
  @IsUUID() disputeId!: string;
  /** The report that is disputed. */
  @IsUUID() reportId!: string;
  /** It was to be marked; false where the mark was to be taken off. */
  @IsBoolean() disputed!: boolean;
  /** Why the bureau refuses it; left out where it has done it. */
  @IsOptional() @Matches(REASON) reasonCode?: string;
}

@Event(ofLoan('credit-report-dispute-overdue', 'The days in which a dispute has to be answered are over, and it is not answered.'))
export class CreditReportDisputeOverdue extends DomainEvent<CreditReportDisputeOverdue> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The dispute. */
  @IsUUID() disputeId!: string;
  /** Last day on which it would have been in time (G-CB-05). */
  @Matches(DATE) dueOn!: string;
}

@Event(
  ofLoan('credit-report-dispute-closed', 'A dispute of what was reported to the credit bureau is decided, and whoever disputed it is answered in writing.'),
)
export class CreditReportDisputeClosed extends DomainEvent<CreditReportDisputeClosed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The dispute. */
  @IsUUID() disputeId!: string;
  /** The report that is disputed. */
  @IsUUID() reportId!: string;
  /** The report was wrong, and the bureau is sent another; false where it stays as it is. */
  @IsBoolean() corrected!: boolean;
  /** The report that corrects it; left out where it stays. */
  @IsOptional() @IsUUID() correctionId?: string;
  /** Why people have decided so. */
  @Matches(REASON) reasonCode!: string;
  /** Business date of the decision. */
  @Matches(DATE) on!: string;
  /** The letter that answers. */
  @IsUUID() letterId!: string;
}
