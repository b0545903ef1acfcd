import { IsBoolean, IsOptional, IsRFC3339, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { IsUnsignedMinorUnits } from './money.js';
import { TOPICS } from './topics.js';

const MONEY_RECEIVED = {
  type: `${EVENT_NAMESPACE}.loan-application.money-received`,
  producer: 'loan-application',
  version: 1,
  topic: TOPICS.loanApplication,
  keyField: 'storyId' as const,
  summary: 'The bank’s statement shows money that has come in; post-loan-monitoring books it on its loan, or keeps it until a person has found whose it is.',
  visibleTo: 'nobody' as const,
};

@Event(MONEY_RECEIVED)
export class MoneyReceived extends DomainEvent<MoneyReceived> {
  /** The application whose loan is paid, else the line itself: so the money stands behind what has opened the loan, in order. */
  @IsUUID() storyId!: string;
  /** Absent where the line names no loan of this lender. */
  @IsOptional() @IsUUID() applicationId?: string;
  /** What the payer has named; absent where it is no loan's id. */
  @IsOptional() @IsUUID() loanId?: string;
  /** The line of the statement, by disbursement's id. */
  @IsUUID() lineId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** What has come in. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  /** Day from which the bank counts the money. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) valueOn!: string;
  /** When the bank has booked it. */
  @IsRFC3339() bookedAt!: string;
  @IsString() @MaxLength(100) bankReference!: string;
  /** Whether it was paid from an account that the borrower has given us; absent where that cannot be said. */
  @IsOptional() @IsBoolean() payerIsBorrower?: boolean;
  /** The transfer of the lender's that the bank says comes back with it, by the bank's reference, where it is no payout of ours as it was paid; absent for other money. */
  @IsOptional() @IsString() @MaxLength(100) returnOf?: string;
}
