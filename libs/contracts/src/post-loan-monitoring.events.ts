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
  @IsUnsignedMinorUnits() principalMinor!: string;
  @IsInt() @Min(1) @Max(600) instalments!: number;
  @IsUnsignedMinorUnits() instalmentMinor!: string;
  @IsUnsignedMinorUnits() totalInterestMinor!: string;
  @Matches(DATE) firstDueOn!: string;
  @Matches(DATE) maturesOn!: string;
}

/** How one repayment was spread (M-RS-05). */
export class RepaymentAllocation {
  @IsUnsignedMinorUnits() feesMinor!: string;
  @IsUnsignedMinorUnits() penaltyMinor!: string;
  @IsUnsignedMinorUnits() interestMinor!: string;
  @IsUnsignedMinorUnits() principalMinor!: string;
  /** Paid beyond what is owed, held for the borrower. */
  @IsUnsignedMinorUnits() unallocatedMinor!: string;
}

@Event(of('repayment-received', 'Money came in and was allocated.', 'partners'))
export class RepaymentReceived extends DomainEvent<RepaymentReceived> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @IsUUID() repaymentId!: string;
  @IsUnsignedMinorUnits() amountMinor!: string;
  @Matches(DATE) receivedOn!: string;
  @IsString() @MaxLength(100) bankReference!: string;
  @IsNested(() => RepaymentAllocation) allocation!: RepaymentAllocation;
  @IsUnsignedMinorUnits() outstandingPrincipalMinor!: string;
}

@Event(of('loan-settled', 'Nothing is owed any more.', 'partners'))
export class LoanSettled extends DomainEvent<LoanSettled> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @Matches(DATE) settledOn!: string;
}
