import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { IsUnsignedMinorUnits } from './money.js';
import { TOPICS } from './topics.js';

// Money in suspense on its way back to its payer: from the books through the hub to disbursement, and what became of it back to the books. All are about a line
// of the statement, and keyed by it, as the money may belong to no loan.
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const REASON = /^[A-Z][A-Z0-9_]{2,59}$/;
const by = (producer: 'post-loan-monitoring' | 'loan-application' | 'disbursement', topic: string, type: string, summary: string) => ({
  type: `${EVENT_NAMESPACE}.${producer}.${type}`,
  producer,
  version: 1,
  topic,
  keyField: 'storyId' as const,
  summary,
});

/** What became of a refund by what the bank says; `unknown` is followed by one of the others. */
export const REFUND_OUTCOMES = ['refunded', 'refused', 'unknown'] as const;
export type RefundOutcome = (typeof REFUND_OUTCOMES)[number];

@Event(
  by(
    'post-loan-monitoring',
    TOPICS.postLoanMonitoring,
    'refund-ordered',
    'Two persons give money in suspense back to its payer; it stays in suspense until the bank has sent it.',
  ),
)
export class RefundOrdered extends DomainEvent<RefundOrdered> {
  /** The line of the statement. */
  @IsUUID() storyId!: string;
  /** The line of the statement that goes back, by disbursement’s id. */
  @IsUUID() lineId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** The refund, for good: the same order under another event id is no second refund. */
  @IsUUID() refundId!: string;
  /** All that has come in on the line. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
}

@Event(
  by(
    'loan-application',
    TOPICS.loanApplication,
    'refund-requested',
    'disbursement is to send a credit of the statement back to its payer; it alone acts on this.',
  ),
)
export class RefundRequested extends DomainEvent<RefundRequested> {
  /** The line of the statement. */
  @IsUUID() storyId!: string;
  /** The line of the statement that goes back, by disbursement’s id. */
  @IsUUID() lineId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** The refund, for good. */
  @IsUUID() refundId!: string;
  /** All that has come in on the line. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  /** Policy by which an unknown outcome is asked about. */
  @IsString() @MaxLength(64) policyVersion!: string;
}

@Event(
  by(
    'disbursement',
    TOPICS.disbursement,
    'refund-answered',
    'The bank says what became of a refund, or gives no final answer yet; then it is asked about, and never sent again.',
  ),
)
export class RefundAnswered extends DomainEvent<RefundAnswered> {
  /** The line of the statement. */
  @IsUUID() storyId!: string;
  /** The line of the statement that goes back, by disbursement’s id. */
  @IsUUID() lineId!: string;
  /** The refund, for good. */
  @IsUUID() refundId!: string;
  /** What the bank says. */
  @IsIn(REFUND_OUTCOMES) outcome!: RefundOutcome;
  /** The bank’s name of the refund, which its debit on the statement has too; with `refunded` alone. */
  @IsOptional() @IsString() @MaxLength(100) bankReference?: string;
  /** Business date on which the bank has sent it; with `refunded` alone, and absent from events of versions before. */
  @IsOptional() @Matches(DATE) refundedOn?: string;
  /** Why the bank, or a check of ours before it, does not send the money back; with `refused` alone. */
  @IsOptional() @Matches(REASON) reasonCode?: string;
}

@Event(
  by(
    'loan-application',
    TOPICS.loanApplication,
    'refund-told',
    'What became of a refund, for the books: sent back it leaves suspense, refused it is asked about again.',
  ),
)
export class RefundTold extends DomainEvent<RefundTold> {
  /** The line of the statement. */
  @IsUUID() storyId!: string;
  /** The line of the statement that goes back, by disbursement’s id. */
  @IsUUID() lineId!: string;
  /** The refund, for good. */
  @IsUUID() refundId!: string;
  /** What the bank says. */
  @IsIn(REFUND_OUTCOMES) outcome!: RefundOutcome;
  /** The bank’s name of the refund, which its debit on the statement has too; with `refunded` alone. */
  @IsOptional() @IsString() @MaxLength(100) bankReference?: string;
  /** Business date on which the bank has sent it; with `refunded` alone, and absent from events of versions before. */
  @IsOptional() @Matches(DATE) refundedOn?: string;
  /** Why the money was not sent back; with `refused` alone. */
  @IsOptional() @Matches(REASON) reasonCode?: string;
}
