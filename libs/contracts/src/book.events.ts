import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { LOAN_CLASSES, type LoanClass } from './facts.js';
import { IsMinorUnits } from './money.js';
import { IsListOf } from './nested.js';
import { IsOpenEnum, type OpenEnum } from './open-enum.js';
import { TOPICS } from './topics.js';

/** Events of a tenant's book are in order among themselves, under an id of the tenant. */
const ofBook = (type: string, summary: string) => ({
  type: `${EVENT_NAMESPACE}.post-loan-monitoring.${type}`,
  producer: 'post-loan-monitoring',
  version: 1,
  topic: TOPICS.postLoanMonitoring,
  keyField: 'storyId' as const,
  summary,
  visibleTo: 'nobody' as const,
});
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** As many currencies and classes as a book can have, with room. */
const MAX_PARTS = 100;

/** What loans of one product, currency and class have earned on a day. */
export class AccruedPart {
  /** Product of the loans; `unknown` of those that were booked before loans named theirs. */
  @IsString() @MaxLength(64) productCode!: string;
  @IsString() @MaxLength(3) currency!: string;
  /** Class of the five. */
  @IsIn(LOAN_CLASSES) loanClass!: LoanClass;
  /** Earned before the books accrued, by loans that were lent before; posted once. */
  @IsBoolean() isOpening!: boolean;
  /** Interest that became income. */
  @IsMinorUnits() interestMinor!: string;
  /** Penalty interest that became income. */
  @IsMinorUnits() penaltyMinor!: string;
  /** Compound interest that became income. */
  @IsMinorUnits() compoundMinor!: string;
  /** What is kept beside the books from now on, or less than zero where it is not any more. */
  @IsMinorUnits() memoMinor!: string;
}

@Event(ofBook('accrual-posted', 'What the loans of a tenant have earned on a day is in the ledger; all amounts are changes of the day.'))
export class AccrualPosted extends DomainEvent<AccrualPosted> {
  /** The tenant’s book, by an id made of the tenant’s. */
  @IsUUID() storyId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** Business date. */
  @Matches(DATE) on!: string;
  /** By product, currency and class. */
  @IsListOf(() => AccruedPart, MAX_PARTS) parts!: AccruedPart[];
}

/** What is set aside for loans of one product, currency and class. */
export class ProvisionPart {
  /** Product of the loans; `unknown` of those that were booked before loans named theirs. */
  @IsString() @MaxLength(64) productCode!: string;
  @IsString() @MaxLength(3) currency!: string;
  /** Class of the five. */
  @IsIn(LOAN_CLASSES) loanClass!: LoanClass;
  /** General for sound loans, specific for all others (G-PV-01). */
  @IsIn(['general', 'specific']) kind!: 'general' | 'specific';
  /** Loans of the class at the end of the day. */
  @IsInt() @Min(0) @Max(1_000_000_000) loans!: number;
  /** Principal that they owe. */
  @IsMinorUnits() principalMinor!: string;
  /** Interest and charges that they have earned and not paid, as far as they are income. */
  @IsMinorUnits() receivableMinor!: string;
  /** What is set aside for them. */
  @IsMinorUnits() provisionMinor!: string;
  /** How much more or less that is than before the day. */
  @IsMinorUnits() changeMinor!: string;
}

@Event(ofBook('provision-computed', 'What is set aside for the losses of a tenant’s loans at the end of a day, and was posted (M-PV-01).'))
export class ProvisionComputed extends DomainEvent<ProvisionComputed> {
  /** The tenant’s book, by an id made of the tenant’s. */
  @IsUUID() storyId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** Business date. */
  @Matches(DATE) on!: string;
  /** By product, currency and class. */
  @IsListOf(() => ProvisionPart, MAX_PARTS) parts!: ProvisionPart[];
}

/** Why the reserve for operational risk is moved. */
export const RESERVE_MOVEMENT_KINDS = ['accrual', 'use', 'top_up'] as const;
export type ReserveMovementKind = (typeof RESERVE_MOVEMENT_KINDS)[number];

@Event(ofBook('reserve-adjusted', 'The reserve for operational risk was moved, and the movement was posted (R-TC-10).'))
export class ReserveAdjusted extends DomainEvent<ReserveAdjusted> {
  /** The tenant’s book, by an id made of the tenant’s. */
  @IsUUID() storyId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  /** Id of the movement. */
  @IsUUID() movementId!: string;
  /** Put in by the plan at the end of a month, taken out for an operational loss, or put in by persons beyond the plan. */
  @IsOpenEnum(RESERVE_MOVEMENT_KINDS) kind!: OpenEnum<ReserveMovementKind>;
  /** Business date. */
  @Matches(DATE) on!: string;
  @IsString() @MaxLength(3) currency!: string;
  /** What has gone in; less than zero where it was taken out. */
  @IsMinorUnits() amountMinor!: string;
  /** What is in reserve after it. */
  @IsMinorUnits() balanceMinor!: string;
  /** The operational loss that was borne, as the lender names it. */
  @IsOptional() @IsString() @MaxLength(100) eventReference?: string;
}
