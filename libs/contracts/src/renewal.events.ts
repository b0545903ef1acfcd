import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event, type EventVisibility } from './event.js';
import { AgreedGuarantee, DAY_COUNTS, IsRateBps, LoanClauses, MAX_GUARANTORS, REPAYMENT_METHODS, type DayCount, type RepaymentMethod } from './facts.js';
import { IsUnsignedMinorUnits } from './money.js';
import { IsListOf, IsNested } from './nested.js';
import { ofLoan } from './of-loan.js';
import { TOPICS } from './topics.js';

// A loan is repaid with a new one of the same borrower, and no money is paid out (无还本续贷, G-CL-15).
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const REASON_CODE = /^[A-Z][A-Z0-9_]{2,59}$/;

const ofHub = (type: string, summary: string, visibleTo: EventVisibility = 'nobody') => ({
  type: `${EVENT_NAMESPACE}.loan-application.${type}`,
  producer: 'loan-application',
  version: 1,
  topic: TOPICS.loanApplication,
  keyField: 'applicationId' as const,
  summary,
  visibleTo,
});

@Event(ofHub('renewal-requested', 'An application asks to renew a loan; post-loan-monitoring says whether that loan may be renewed.'))
export class RenewalRequested extends DomainEvent<RenewalRequested> {
  @IsUUID() applicationId!: string;
  /** The loan that is to be renewed. */
  @IsUUID() renewsLoanId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  @IsString() @MaxLength(64) partnerId!: string;
  @IsString() @MaxLength(18) uscc!: string;
  @IsUnsignedMinorUnits() requestedAmountMinor!: string;
}

@Event(ofLoan('renewal-assessed', 'The books say whether a loan may be renewed; the hub goes on with the application, or ends it.'))
export class RenewalAssessed extends DomainEvent<RenewalAssessed> {
  /** The application that asks for it. */
  @IsUUID() applicationId!: string;
  /** The loan that is to be renewed. */
  @IsUUID() loanId!: string;
  /** Whether the loan may be renewed on the day of the answer. */
  @IsBoolean() isEligible!: boolean;
  /** Why it may not be renewed; absent where it may. */
  @IsOptional() @Matches(REASON_CODE) reasonCode?: string;
  /** Last due date of the loan: the new contract must be signed before it. Absent where the loan is not known. */
  @IsOptional() @Matches(DATE) maturesOn?: string;
}

@Event(ofLoan('renewal-offered', 'The borrower of a loan that is about to mature is told that it may ask for a renewal; a notice is on its way.'))
export class RenewalOffered extends DomainEvent<RenewalOffered> {
  /** The application that the loan came from. */
  @IsUUID() applicationId!: string;
  /** The loan that may be renewed. */
  @IsUUID() loanId!: string;
  /** Business date of the offer. */
  @Matches(DATE) on!: string;
  /** Last due date of the loan: the new contract must be signed before it. */
  @Matches(DATE) maturesOn!: string;
}

const SETTLEMENT_REQUESTED = {
  ...ofHub(
    'renewal-settlement-requested',
    'The contract of a renewal is signed: post-loan-monitoring books the new loan and settles the old one, both or neither.',
  ),
  keyField: 'storyId' as const,
};

@Event(SETTLEMENT_REQUESTED)
export class RenewalSettlementRequested extends DomainEvent<RenewalSettlementRequested> {
  /** Application of the loan that is renewed: so the settlement stands in one order with the money for that loan. */
  @IsUUID() storyId!: string;
  @IsUUID() applicationId!: string;
  /** The new loan. */
  @IsUUID() loanId!: string;
  /** The loan that it renews. */
  @IsUUID() renewsLoanId!: string;
  @IsUUID() contractId!: string;
  /** Id of the settlement, which takes the place of a payout. */
  @IsUUID() settlementId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  @IsString() @MaxLength(64) partnerId!: string;
  @IsString() @MaxLength(18) uscc!: string;
  /** What the new loan lends, all of which goes to the old one. */
  @IsUnsignedMinorUnits() principalMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  @IsRateBps() rateBps!: number;
  @IsInt() @Min(1) @Max(60) tenorMonths!: number;
  @IsIn(REPAYMENT_METHODS) repaymentMethod!: RepaymentMethod;
  /** How days are counted for interest. */
  @IsIn(DAY_COUNTS) dayCount!: DayCount;
  /** Business date (Asia/Shanghai) of the last signature: the new loan begins, and the old one ends, on it. */
  @Matches(DATE) signedOn!: string;
  @IsString() @MaxLength(64) policyVersion!: string;
  /** What the signed contract says of lateness, misuse and early repayment; absent where it says nothing. */
  @IsOptional() @IsNested(() => LoanClauses) clauses?: LoanClauses;
  /** Who stands for the new loan from the beginning; absent where nobody does, and in events of before. */
  @IsOptional() @IsListOf(() => AgreedGuarantee, MAX_GUARANTORS) guarantees?: AgreedGuarantee[];
  /** Product that it is lent as. */
  @IsString() @MaxLength(64) productCode!: string;
  /** Industry that the firm has declared (GB/T 4754). */
  @IsString() @MaxLength(10) industryCode!: string;
}

@Event(ofLoan('loan-renewed', 'A loan was repaid with a new one, in the books alone: the new loan lives, and the old one is settled.', 'partners'))
export class LoanRenewed extends DomainEvent<LoanRenewed> {
  /** Application of the new loan. */
  @IsUUID() applicationId!: string;
  /** The new loan. */
  @IsUUID() loanId!: string;
  /** The loan that it has settled. */
  @IsUUID() renewedLoanId!: string;
  /** The settlement, by the id of its order. */
  @IsUUID() settlementId!: string;
  /** What the new loan has lent, and paid of the old one. */
  @IsUnsignedMinorUnits() principalMinor!: string;
  /** Day from which it counts. */
  @Matches(DATE) on!: string;
}

@Event(ofLoan('renewal-refused', 'A signed renewal was not booked, as the old loan does not qualify any more: nothing was changed, and the contract is void.'))
export class RenewalRefused extends DomainEvent<RenewalRefused> {
  /** Application of the loan that was not made. */
  @IsUUID() applicationId!: string;
  /** The loan that was not made. */
  @IsUUID() loanId!: string;
  /** The settlement, by the id of its order. */
  @IsUUID() settlementId!: string;
  /** Why nothing was booked. */
  @Matches(REASON_CODE) reasonCode!: string;
}

@Event(ofHub('renewal-settled', 'A renewal is booked: disbursement lets the limit of the old loan pass to the new one.'))
export class RenewalSettled extends DomainEvent<RenewalSettled> {
  @IsUUID() applicationId!: string;
  /** The new loan. */
  @IsUUID() loanId!: string;
  /** The loan that it has settled. */
  @IsUUID() renewedLoanId!: string;
  @IsUUID() contractId!: string;
  @Matches(/^[0-9a-f]{64}$/) contractSha256!: string;
  /** The settlement, by the id of its order. */
  @IsUUID() settlementId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  @IsString() @MaxLength(18) uscc!: string;
  /** What the new loan has lent. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(64) policyVersion!: string;
}
