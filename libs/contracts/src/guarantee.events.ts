import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { DomainEvent, Event } from './event.js';
import { GUARANTEE_STATUSES, type GuaranteeStatus } from './facts.js';
import { IsUnsignedMinorUnits } from './money.js';
import { ofLoan } from './of-loan.js';

// What becomes of a guarantee: asked for, paid, lapsed, released.
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MAX_ALARM_DAYS = 365;

@Event(ofLoan('guarantee-status-changed', 'The loan is guaranteed in another way than before, or not any more.'))
export class GuaranteeStatusChanged extends DomainEvent<GuaranteeStatusChanged> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
  /** What stands for it now; absent where nobody does. */
  @IsOptional() @IsIn(GUARANTEE_STATUSES) status?: GuaranteeStatus;
  /** What stood for it before; absent where nobody did. */
  @IsOptional() @IsIn(GUARANTEE_STATUSES) statusBefore?: GuaranteeStatus;
}

@Event(ofLoan('guarantee-claimed', 'A guarantor was asked to pay (R-CR-19).'))
export class GuaranteeClaimed extends DomainEvent<GuaranteeClaimed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The guarantee, by the id that its sender has made. */
  @IsUUID() guaranteeId!: string;
  /** The claim, likewise. */
  @IsUUID() claimId!: string;
  /** Business date on which it was agreed to ask for it. */
  @Matches(DATE) on!: string;
  /** What is asked for: what is due on that day, and at most the limit of the guarantee. */
  @IsUnsignedMinorUnits() amountMinor!: string;
}

@Event(ofLoan('guarantee-compensated', 'Money of a guarantor has paid the loan; so far the borrower owes the guarantor instead (代偿, R-CR-19).'))
export class GuaranteeCompensated extends DomainEvent<GuaranteeCompensated> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The guarantee, by the id that its sender has made. */
  @IsUUID() guaranteeId!: string;
  /** The repayment that the money is. */
  @IsUUID() repaymentId!: string;
  /** What of it the guarantor can ask the borrower for: what it has paid of the loan, and at most the limit of the guarantee. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  /** All that the guarantor has paid so. */
  @IsUnsignedMinorUnits() paidMinor!: string;
  /** Nothing of the loan is owed to the lender any more. */
  @IsBoolean() isPaidInFull!: boolean;
}

@Event(ofLoan('guarantee-lapse-near', 'A guarantee lapses soon, and its guarantor was not asked to pay.'))
export class GuaranteeLapseNear extends DomainEvent<GuaranteeLapseNear> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The guarantee, by the id that its sender has made. */
  @IsUUID() guaranteeId!: string;
  /** Last day on which a claim can be made (G-EC-04). */
  @Matches(DATE) lapsesOn!: string;
  /** Days that are left after the day for which it is told. */
  @IsInt() @Min(0) @Max(MAX_ALARM_DAYS) daysLeft!: number;
}

@Event(ofLoan('guarantee-lapsed', 'The time in which the guarantor could be asked to pay is over (G-EC-04).'))
export class GuaranteeLapsed extends DomainEvent<GuaranteeLapsed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The guarantee, by the id that its sender has made. */
  @IsUUID() guaranteeId!: string;
  /** Last day on which a claim could be made. */
  @Matches(DATE) lapsesOn!: string;
}

@Event(ofLoan('guarantee-released', 'Nobody can be asked to pay any more by this guarantee, as nothing is owed to the lender.'))
export class GuaranteeReleased extends DomainEvent<GuaranteeReleased> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The guarantee, by the id that its sender has made. */
  @IsUUID() guaranteeId!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
}
