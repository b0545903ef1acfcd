import { IsRFC3339, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { IsUnsignedMinorUnits } from './money.js';
import { TOPICS } from './topics.js';

@Event({
  type: `${EVENT_NAMESPACE}.loan-application.loan-returned`,
  producer: 'loan-application',
  version: 1,
  topic: TOPICS.loanApplication,
  keyField: 'applicationId',
  summary: 'The bank has credited the payout back: the loan is void; monitoring takes it back in its books.',
})
export class LoanReturned extends DomainEvent<LoanReturned> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @IsUUID() payoutId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** The line of the statement that shows the money coming back, by disbursement's id. */
  @IsUUID() lineId!: string;
  /** What has come back: what was paid out. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  /** Day from which the bank counts the money. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) valueOn!: string;
  /** When the bank has booked it. */
  @IsRFC3339() bookedAt!: string;
  /** The bank's name of the transfer that brings it back. */
  @IsString() @MaxLength(100) bankReference!: string;
}
