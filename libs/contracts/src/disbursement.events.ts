import { IsBoolean, IsIn, IsRFC3339, IsInt, IsOptional, IsString, IsUUID, Matches, MaxLength, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { IsUnsignedMinorUnits } from './money.js';
import { TOPICS } from './topics.js';

const of = (type: string, summary: string) => ({
  type: `${EVENT_NAMESPACE}.disbursement.${type}`,
  producer: 'disbursement',
  version: 1,
  topic: TOPICS.disbursement,
  keyField: 'applicationId' as const,
  summary,
});

@Event(of('loan-disbursed', 'The bank says paid: the money has left once.'))
export class LoanDisbursed extends DomainEvent<LoanDisbursed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @IsUUID() payoutId!: string;
  /** What the bank has paid to the borrower. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  /** Reference of the payment at the bank. */
  @IsString() @MaxLength(100) bankReference!: string;
  /** When the bank has paid. */
  @IsRFC3339() paidAt!: string;
}

@Event(of('failed', 'The payout is refused for good and the limit released; a person decides what follows.'))
export class DisbursementFailed extends DomainEvent<DisbursementFailed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @IsUUID() payoutId!: string;
  /** Why the bank, or a check of ours before it, refuses the payment for good. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) reasonCode!: string;
}

@Event(of('outcome-unknown', 'The bank did not answer; the payout is asked about again, never sent again (S13).'))
export class PaymentOutcomeUnknown extends DomainEvent<PaymentOutcomeUnknown> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @IsUUID() payoutId!: string;
  /** Number of the question that is asked at `nextQueryAt`, counted from 1. */
  @IsInt() @Min(1) queries!: number;
  /** When the bank is asked again what became of the payment. */
  @IsRFC3339() nextQueryAt!: string;
}

const STATEMENT_LINE = {
  ...of(
    'statement-line-stored',
    'The bank’s statement shows a movement on the lender’s account. What comes in is carried to the loan that its reference names.',
  ),
  keyField: 'storyId' as const,
};

@Event(STATEMENT_LINE)
export class StatementLineStored extends DomainEvent<StatementLineStored> {
  /** The application whose loan the line names, else the line itself: so the money stands among the events of its loan, in order. */
  @IsUUID() storyId!: string;
  /** Absent where the line names no loan of this lender. */
  @IsOptional() @IsUUID() applicationId?: string;
  /** The loan that the payer has written into the reference; absent where there is none, or more than one. It may be no loan of this lender. */
  @IsOptional() @IsUUID() loanId?: string;
  /** The line, by our own id. */
  @IsUUID() lineId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** `credit` has come in, `debit` has gone out. */
  @IsIn(['credit', 'debit']) direction!: 'credit' | 'debit';
  /** What has moved. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  /** Day from which the bank counts the money. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) valueOn!: string;
  /** When the bank has booked it. */
  @IsRFC3339() bookedAt!: string;
  @IsString() @MaxLength(100) bankReference!: string;
  /** Whether what came in was paid from an account that the borrower has given us; absent where that cannot be said. */
  @IsOptional() @IsBoolean() payerIsBorrower?: boolean;
  /** The transfer of the lender's that the bank says comes back with it, by the bank's reference, where it is no payout of ours as it was paid; absent for other money. */
  @IsOptional() @IsString() @MaxLength(100) returnOf?: string;
}

@Event(of('returned', 'The bank has credited a payout back, whole: the money is not with the borrower, and the limit is released (退汇).'))
export class DisbursementReturned extends DomainEvent<DisbursementReturned> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @IsUUID() payoutId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** The line of the statement that shows the money coming back, by our own id. */
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

@Event(of('direct-debit-collected', 'The bank says that it has debited the borrower’s account. The books move by the line of the statement alone.'))
export class DirectDebitCollected extends DomainEvent<DirectDebitCollected> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The debit, for good. */
  @IsUUID() debitId!: string;
  /** What was debited. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  /** The bank’s name of the debit, which its line on the statement has too. */
  @IsString() @MaxLength(100) bankReference!: string;
}

@Event(of('direct-debit-failed', 'The account was not debited, for good; the books decide whether another try follows, under another id.'))
export class DirectDebitFailed extends DomainEvent<DirectDebitFailed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The debit, for good. */
  @IsUUID() debitId!: string;
  /** Why the bank, or a check of ours before it, does not debit. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) reasonCode!: string;
}
