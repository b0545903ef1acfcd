import { IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { DomainEvent, Event } from './event.js';
import { PREPAYMENT_EFFECTS, type PrepaymentEffect } from './facts.js';
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

@Event(ofLoan('loan-prepaid', 'Principal was repaid before it was due; the rest of the schedule is laid out anew (G-PR-10).', 'partners'))
export class LoanPrepaid extends DomainEvent<LoanPrepaid> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The prepayment, by the id of its announcement. */
  @IsUUID() prepaymentId!: string;
  /** Day from which the money counts. */
  @Matches(DATE) valueOn!: string;
  /** What came in. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  /** Principal of it that was not due yet. */
  @IsUnsignedMinorUnits() principalMinor!: string;
  /** Fee of the contract on that principal (M-LN-04). */
  @IsUnsignedMinorUnits() feesMinor!: string;
  /** What it has left as it was: the instalment (`shorter_term`), or the dates (`lower_instalment`). */
  @IsOpenEnum(PREPAYMENT_EFFECTS) effect!: OpenEnum<PrepaymentEffect>;
  /** Amount of a usual instalment from now on. */
  @IsUnsignedMinorUnits() instalmentMinor!: string;
  /** Last due date. */
  @Matches(DATE) maturesOn!: string;
  /** The last due date of before. */
  @Matches(DATE) maturesOnBefore!: string;
  /** Principal that is left. */
  @IsUnsignedMinorUnits() outstandingPrincipalMinor!: string;
}

@Event(ofLoan('loan-repriced', 'The rate of the loan follows the loan prime rate; what is not due yet is laid out anew (G-PR-05).', 'partners'))
export class LoanRepriced extends DomainEvent<LoanRepriced> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The change, as the list of changes has it. */
  @IsUUID() changeId!: string;
  /** Day from which the rate holds. */
  @Matches(DATE) validOn!: string;
  /** Interest rate a year from now on, in basis points. */
  @IsInt() @Min(0) @Max(10_000) rateBps!: number;
  /** The rate of before. */
  @IsInt() @Min(0) @Max(10_000) rateBpsBefore!: number;
  /** The loan prime rate that it follows, in basis points, without the spread. */
  @IsInt() @Min(0) @Max(10_000) primeRateBps!: number;
  /** Day on which that was published. */
  @Matches(DATE) publishedOn!: string;
  /** Amount of a usual instalment from now on. */
  @IsUnsignedMinorUnits() instalmentMinor!: string;
}
