import { IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { DomainEvent, Event } from './event.js';
import { IsUnsignedMinorUnits } from './money.js';
import { ofLoan } from './of-loan.js';
import { IsOpenEnum, type OpenEnum } from './open-enum.js';

// What changes of a loan after its contract, and who stands for it.
const DATE = /^\d{4}-\d{2}-\d{2}$/;

@Event(ofLoan('guarantee-recorded', 'Somebody stands for the loan beside its borrower (R-CR-19).'))
export class GuaranteeRecorded extends DomainEvent<GuaranteeRecorded> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The guarantee, by the id that its sender has made. */
  @IsUUID() guaranteeId!: string;
  /** Beside the borrower, or only for what cannot be enforced there. */
  @IsOpenEnum(['joint', 'general']) kind!: OpenEnum<'joint' | 'general'>;
  /** Most that the guarantor pays. */
  @IsUnsignedMinorUnits() limitMinor!: string;
  /** Last day on which a claim can be made (G-EC-04). */
  @Matches(DATE) lapsesOn!: string;
}

@Event(ofLoan('guarantor-consent-recorded', 'A guarantor has agreed in writing to a change of the loan (G-EC-05).'))
export class GuarantorConsentRecorded extends DomainEvent<GuarantorConsentRecorded> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The guarantee, by the id that its sender has made. */
  @IsUUID() guaranteeId!: string;
  /** The change that was agreed to. */
  @IsUUID() changeId!: string;
  /** Last day on which a claim can be made from now on. */
  @Matches(DATE) lapsesOn!: string;
}

@Event(ofLoan('loan-extended', 'The term of the loan is longer; its schedule is laid out anew.', 'partners'))
export class LoanExtended extends DomainEvent<LoanExtended> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The extension, by the id that its sender has made. */
  @IsUUID() extensionId!: string;
  /** Months that it is longer by. */
  @IsInt() @Min(1) @Max(600) months!: number;
  /** Last due date. */
  @Matches(DATE) maturesOn!: string;
  /** The last due date of before. */
  @Matches(DATE) maturesOnBefore!: string;
}

@Event(ofLoan('loan-restructured', 'The loan has other terms, as the borrower could not pay by those of before; it is observed (G-CL-13).', 'partners'))
export class LoanRestructured extends DomainEvent<LoanRestructured> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The restructuring, by the id that its sender has made. */
  @IsUUID() restructuringId!: string;
  /** Interest rate a year from now on, in basis points; absent where it stays. */
  @IsOptional() @IsInt() @Min(0) @Max(10_000) rateBps?: number;
  /** Last due date. */
  @Matches(DATE) maturesOn!: string;
  /** The last due date of before. */
  @Matches(DATE) maturesOnBefore!: string;
}
