import { IsInt, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event, type EventVisibility } from './event.js';
import { IsUnsignedMinorUnits } from './money.js';
import { IsNested } from './nested.js';
import { TOPICS } from './topics.js';

const of = (type: string, summary: string, visibleTo: EventVisibility = 'nobody') => ({
  type: `${EVENT_NAMESPACE}.post-loan-monitoring.${type}`,
  producer: 'post-loan-monitoring',
  version: 1,
  topic: TOPICS.postLoanMonitoring,
  keyField: 'loanId' as const,
  summary,
  visibleTo,
});
const DATE = /^\d{4}-\d{2}-\d{2}$/;

@Event(of('loan-booked', 'The loan account, its schedule and its first journal exist.', 'partners'))
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

@Event(of('repayment-received', 'Money came in and was allocated.', 'partners'))
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

@Event(of('loan-settled', 'Nothing is owed any more.', 'partners'))
export class LoanSettled extends DomainEvent<LoanSettled> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Day of the payment that has settled it. */
  @Matches(DATE) settledOn!: string;
}
