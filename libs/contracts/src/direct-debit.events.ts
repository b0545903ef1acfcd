import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { IsUnsignedMinorUnits } from './money.js';
import { TOPICS } from './topics.js';

// What the hub carries of direct debits between the books and disbursement.
const of = (type: string, summary: string) => ({
  type: `${EVENT_NAMESPACE}.loan-application.${type}`,
  producer: 'loan-application',
  version: 1,
  topic: TOPICS.loanApplication,
  keyField: 'applicationId' as const,
  summary,
});

@Event(of('direct-debit-requested', 'disbursement is to have the borrower’s account debited; it alone acts on this.'))
export class DirectDebitRequested extends DomainEvent<DirectDebitRequested> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** The debit, for good. */
  @IsUUID() debitId!: string;
  /** The due date that it is for, as the schedule has it. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) dueOn!: string;
  /** The day on which the account is to be debited; what the bank has never seen is not sent on a later one. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) debitOn!: string;
  /** Number of the try for this due date, counted from 1. */
  @IsInt() @Min(1) @Max(10) tryNumber!: number;
  /** What is to be debited. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
}

@Event(
  of(
    'direct-debit-ended',
    'A debit has come to its end: the bank has debited the account, or nothing was debited; post-loan-monitoring decides about another try.',
  ),
)
export class DirectDebitEnded extends DomainEvent<DirectDebitEnded> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The debit, for good. */
  @IsUUID() debitId!: string;
  /** What became of it. */
  @IsIn(['collected', 'failed']) outcome!: 'collected' | 'failed';
  /** The bank’s name of the debit, by which its line of the statement is known; absent where nothing was debited. */
  @IsOptional() @IsString() @MaxLength(100) bankReference?: string;
  /** Why nothing was debited; absent where it was. */
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) reasonCode?: string;
}
