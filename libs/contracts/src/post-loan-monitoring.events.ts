import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { DomainEvent, Event } from './event.js';
import { LOAN_BUCKETS, LOAN_CLASSES, type LoanBucket, type LoanClass } from './facts.js';
import { IsUnsignedMinorUnits } from './money.js';
import { ofLoan } from './of-loan.js';
import { IsNested } from './nested.js';
import { IsOpenEnum, type OpenEnum } from './open-enum.js';
import { LOAN_STATUSES, type LoanStatus } from './statuses.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

@Event(ofLoan('loan-booked', 'The loan account, its schedule and its first journal exist.', 'partners'))
export class LoanBooked extends DomainEvent<LoanBooked> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** What was lent. */
  @IsUnsignedMinorUnits() principalMinor!: string;
  /** Number of due dates. */
  @IsInt() @Min(1) @Max(600) instalments!: number;
  /** What is due on the first due date; with equal instalments on every one, but for what rounding leaves to the last. */
  @IsUnsignedMinorUnits() instalmentMinor!: string;
  /** Interest of the whole schedule. */
  @IsUnsignedMinorUnits() totalInterestMinor!: string;
  /** First due date. */
  @Matches(DATE) firstDueOn!: string;
  /** Last due date. */
  @Matches(DATE) maturesOn!: string;
}

/** How one repayment was spread (M-RS-05). */
export class RepaymentAllocation {
  /** Part that pays fees. */
  @IsUnsignedMinorUnits() feesMinor!: string;
  /** Part that pays penalty interest. */
  @IsUnsignedMinorUnits() penaltyMinor!: string;
  /** Part that pays interest. */
  @IsUnsignedMinorUnits() interestMinor!: string;
  /** Part that pays principal. */
  @IsUnsignedMinorUnits() principalMinor!: string;
  /** Paid beyond what is owed, held for the borrower. */
  @IsUnsignedMinorUnits() unallocatedMinor!: string;
}

@Event(ofLoan('repayment-received', 'Money came in and was allocated.', 'partners'))
export class RepaymentReceived extends DomainEvent<RepaymentReceived> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The repayment, by the id that its sender has made. */
  @IsUUID() repaymentId!: string;
  /** What came in. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  /** Day on which the bank has credited it. */
  @Matches(DATE) receivedOn!: string;
  @IsString() @MaxLength(100) bankReference!: string;
  /** What it was used for. */
  @IsNested(() => RepaymentAllocation) allocation!: RepaymentAllocation;
  /** Principal that is still owed after it. */
  @IsUnsignedMinorUnits() outstandingPrincipalMinor!: string;
}

@Event(ofLoan('loan-settled', 'Nothing is owed any more.', 'partners'))
export class LoanSettled extends DomainEvent<LoanSettled> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Day of the payment that has settled it. */
  @Matches(DATE) settledOn!: string;
  /** The loan that has settled it by renewing it; absent where money has. */
  @IsOptional() @IsUUID() renewedByLoanId?: string;
}

const MAX_DPD = 100_000;

@Event(ofLoan('overdue-started', 'The loan is late: what was due was not paid by the end of the day after.'))
export class LoanOverdueStarted extends DomainEvent<LoanOverdueStarted> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
  /** Due date of the oldest row that is not paid. */
  @Matches(DATE) oldestDueOn!: string;
  /** Calendar days past due on that day. */
  @IsInt() @Min(1) @Max(MAX_DPD) dpd!: number;
  /** Arrears by months. */
  @IsIn(LOAN_BUCKETS) bucket!: LoanBucket;
}

@Event(ofLoan('overdue-bucket-changed', 'The loan that was late before is late by another number of months.'))
export class LoanOverdueBucketChanged extends DomainEvent<LoanOverdueBucketChanged> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
  /** Calendar days past due on that day. */
  @IsInt() @Min(1) @Max(MAX_DPD) dpd!: number;
  /** Arrears by months. */
  @IsIn(LOAN_BUCKETS) bucket!: LoanBucket;
  /** The bucket that it was in. */
  @IsIn(LOAN_BUCKETS) bucketBefore!: LoanBucket;
}

@Event(ofLoan('cured', 'The loan is not late any more: the arrears are paid.'))
export class LoanCured extends DomainEvent<LoanCured> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
  /** The bucket that it was in. */
  @IsIn(LOAN_BUCKETS) bucketBefore!: LoanBucket;
}

@Event(ofLoan('classified', 'The loan is in another of the five classes, or in another stage of expected loss (G-CL-01, G-PV-04).'))
export class LoanClassified extends DomainEvent<LoanClassified> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
  /** Calendar days past due on that day. */
  @IsInt() @Min(0) @Max(MAX_DPD) dpd!: number;
  /** Class of the five. */
  @IsIn(LOAN_CLASSES) loanClass!: LoanClass;
  /** The class that it was in. */
  @IsIn(LOAN_CLASSES) loanClassBefore!: LoanClass;
  /** Stage of expected loss: 1 twelve months, 2 the whole life, 3 impaired. */
  @IsInt() @Min(1) @Max(3) eclStage!: number;
  /** The stage that it was in. */
  @IsInt() @Min(1) @Max(3) eclStageBefore!: number;
}

@Event(ofLoan('status-changed', 'The loan is in another status, other than by being settled or owed again, which have events of their own.', 'partners'))
export class LoanStatusChanged extends DomainEvent<LoanStatusChanged> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
  /** The status that it is in now. */
  @IsIn(Object.keys(LOAN_STATUSES)) status!: LoanStatus;
  /** The status that it was in. */
  @IsIn(Object.keys(LOAN_STATUSES)) statusBefore!: LoanStatus;
  /** Code of why, as it stands in the history of the loan. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) reasonCode!: string;
}

@Event(ofLoan('repayment-reversed', 'A repayment was taken out of its loan; the loan stands as if it had not come.', 'partners'))
export class RepaymentReversed extends DomainEvent<RepaymentReversed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The repayment that counts no more. */
  @IsUUID() repaymentId!: string;
  /** What went back. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  /**
   * Why: a debit that bounced, a transfer that was recalled, one that was told wrongly, or money that the bank still has and that is another loan’s or payer’s;
   * `loan_returned` where the loan is void and the money the borrower’s.
   */
  @IsOpenEnum(['bounced', 'recalled', 'told_wrongly', 'booked_wrongly', 'loan_returned']) reason!: OpenEnum<
    'bounced' | 'recalled' | 'told_wrongly' | 'booked_wrongly' | 'loan_returned'
  >;
  /** Principal that is owed after it. */
  @IsUnsignedMinorUnits() outstandingPrincipalMinor!: string;
}

@Event(ofLoan('loan-reopened', 'Money that had settled the loan was taken back: it is owed again.', 'partners'))
export class LoanReopened extends DomainEvent<LoanReopened> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Principal that is owed again. */
  @IsUnsignedMinorUnits() outstandingPrincipalMinor!: string;
}

const FACT_KINDS = [
  'misuse',
  'technical_delay',
  'renewal_not_qualifying',
  'cross_default',
  'rating_collapse',
  'impairment',
  'evasion',
  'bankruptcy',
  'restructured',
  'override',
] as const;
type FactKind = (typeof FACT_KINDS)[number];

@Event(ofLoan('class-fact-recorded', 'Something is known of the loan besides its money that classes it (G-CL-02 to G-CL-13).'))
export class ClassFactRecorded extends DomainEvent<ClassFactRecorded> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The fact, by the id that its sender has made. */
  @IsUUID() factId!: string;
  /** What is known. */
  @IsOpenEnum(FACT_KINDS) kind!: OpenEnum<FactKind>;
  /** First day on which it holds. */
  @Matches(DATE) from!: string;
  /** Last day on which it holds; absent where that is not known. */
  @IsOptional() @Matches(DATE) to?: string;
  /** What was misused, of a fact of misuse; absent where nobody has said, and of other kinds. */
  @IsOptional() @IsUnsignedMinorUnits() amountMinor?: string;
}

@Event(ofLoan('class-fact-ended', 'A fact that has classed the loan holds no more from a day on.'))
export class ClassFactEnded extends DomainEvent<ClassFactEnded> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The fact that is over. */
  @IsUUID() factId!: string;
  /** What was known. */
  @IsOpenEnum(FACT_KINDS) kind!: OpenEnum<FactKind>;
  /** Last day on which it holds. */
  @Matches(DATE) to!: string;
}

@Event(
  ofLoan(
    'instalment-due',
    'Something falls due on a loan whose borrower has given a mandate: what is owed now is to be debited, once, under the id of the debit.',
  ),
)
export class InstalmentDue extends DomainEvent<InstalmentDue> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** The debit, for good: the same order under another event id is no second debit. */
  @IsUUID() debitId!: string;
  /** The due date that it is for, as the schedule has it. */
  @Matches(DATE) dueOn!: string;
  /** The day on which the account is to be debited. */
  @Matches(DATE) debitOn!: string;
  /** Number of the try for this due date, counted from 1. */
  @IsInt() @Min(1) @Max(10) tryNumber!: number;
  /** What is owed on that day and was not paid meanwhile. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
}
