import { IsBoolean, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { DomainEvent, Event } from './event.js';
import { IsUnsignedMinorUnits } from './money.js';
import { ofLoan } from './of-loan.js';
import { IsOpenEnum, type OpenEnum } from './open-enum.js';

// How a loan that is not repaid is pursued: called in, taken to court, written off, and how its claim is sold.
const ACCELERATION_GROUND_NAMES = ['misuse', 'insolvency', 'long_overdue', 'breach'] as const;
const NOTICE_CHANNEL_NAMES = ['registered_mail', 'in_person', 'electronic', 'notary', 'court'] as const;
const LEGAL_CASE_KIND_NAMES = ['suit', 'payment_order', 'arbitration', 'enforcement', 'bankruptcy'] as const;
const LEGAL_CASE_UPDATE_NAMES = ['accepted', 'hearing', 'judgment', 'settled_in_court', 'final', 'enforcing', 'assets_seized', 'distribution'] as const;
const LEGAL_CASE_OUTCOME_NAMES = ['won', 'won_in_part', 'lost', 'settled', 'withdrawn', 'enforcement_ended'] as const;
const COURT_FINDING_NAMES = ['case_unknown', 'case_number_differs', 'news_unreadable', 'day_not_possible', 'not_possible'] as const;
const WRITE_OFF_GROUND_NAMES = ['bankruptcy_closed', 'enforcement_ended', 'borrower_gone', 'long_demanded'] as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

@Event(ofLoan('accelerated', 'The loan was called in before its time: all of it is due.'))
export class LoanAccelerated extends DomainEvent<LoanAccelerated> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date from which all of it is due. */
  @Matches(DATE) on!: string;
  /** Why the contract allows it. */
  @IsOpenEnum(ACCELERATION_GROUND_NAMES) ground!: OpenEnum<(typeof ACCELERATION_GROUND_NAMES)[number]>;
  /** Day on which the borrower was given notice. */
  @Matches(DATE) noticeServedOn!: string;
  /** How it was given. */
  @IsOpenEnum(NOTICE_CHANNEL_NAMES) noticeChannel!: OpenEnum<(typeof NOTICE_CHANNEL_NAMES)[number]>;
}

@Event(ofLoan('legal-case-filed', 'A case in court about the loan is on its file.'))
export class LegalCaseFiled extends DomainEvent<LegalCaseFiled> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The case. */
  @IsUUID() legalCaseId!: string;
  /** What is asked of the court. */
  @IsOpenEnum(LEGAL_CASE_KIND_NAMES) kind!: OpenEnum<(typeof LEGAL_CASE_KIND_NAMES)[number]>;
  /** The court's own name of the case. */
  @IsString() @MaxLength(100) courtReference!: string;
  /** Day on which it was filed. */
  @Matches(DATE) filedOn!: string;
  /** What is claimed. */
  @IsUnsignedMinorUnits() claimMinor!: string;
}

@Event(ofLoan('legal-case-updated', 'A case in court about the loan has reached another stage.'))
export class LegalCaseUpdated extends DomainEvent<LegalCaseUpdated> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The case. */
  @IsUUID() legalCaseId!: string;
  /** The stage. */
  @IsOpenEnum(LEGAL_CASE_UPDATE_NAMES) kind!: OpenEnum<(typeof LEGAL_CASE_UPDATE_NAMES)[number]>;
  /** Day on which it was reached. */
  @Matches(DATE) on!: string;
  /** What was awarded, of a judgment or a settlement in court. */
  @IsOptional() @IsUnsignedMinorUnits() awardedMinor?: string;
}

@Event(ofLoan('legal-case-closed', 'A case in court about the loan is over.'))
export class LegalCaseClosed extends DomainEvent<LegalCaseClosed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The case. */
  @IsUUID() legalCaseId!: string;
  /** How it has ended. */
  @IsOpenEnum(LEGAL_CASE_OUTCOME_NAMES) outcome!: OpenEnum<(typeof LEGAL_CASE_OUTCOME_NAMES)[number]>;
  /** Day on which it has ended. */
  @Matches(DATE) on!: string;
}

@Event(ofLoan('legal-case-filing-answered', 'The court has taken in a case that was filed electronically, or does not.'))
export class LegalCaseFilingAnswered extends DomainEvent<LegalCaseFilingAnswered> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The case. */
  @IsUUID() legalCaseId!: string;
  /** It has taken it in; that it is taken up (立案) is a stage of the case. */
  @IsBoolean() accepted!: boolean;
  /** Why it does not; left out where it does. */
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) reasonCode?: string;
}

@Event(ofLoan('legal-case-finding-made', 'What a court tells of a case cannot be taken over, so that people look at it.'))
export class LegalCaseFindingMade extends DomainEvent<LegalCaseFindingMade> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The case. */
  @IsUUID() legalCaseId!: string;
  /** What is wrong with it. */
  @IsOpenEnum(COURT_FINDING_NAMES) finding!: OpenEnum<(typeof COURT_FINDING_NAMES)[number]>;
}

@Event(ofLoan('loan-file-closed', 'The file of a repaid loan is closed: it is kept, and nothing is done with it any more.'))
export class LoanFileClosed extends DomainEvent<LoanFileClosed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date from which it is closed. */
  @Matches(DATE) closedOn!: string;
  /** Day on which the last of it was paid. */
  @Matches(DATE) settledOn!: string;
  /** Day until which it is kept at least. */
  @IsString() @Matches(DATE) retainUntil!: string;
}

@Event(ofLoan('written-off', 'The loan has left the books against what was set aside for it; the claim stays.'))
export class LoanWrittenOff extends DomainEvent<LoanWrittenOff> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date from which it is in the books no more. */
  @Matches(DATE) on!: string;
  /** Principal that was written off, and is owed on. */
  @IsUnsignedMinorUnits() principalMinor!: string;
  /** Why nothing more could be had. */
  @IsOpenEnum(WRITE_OFF_GROUND_NAMES) ground!: OpenEnum<(typeof WRITE_OFF_GROUND_NAMES)[number]>;
}

@Event(ofLoan('recovery-received', 'Money came in for a loan that was written off.'))
export class LoanRecoveryReceived extends DomainEvent<LoanRecoveryReceived> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The repayment that it is. */
  @IsUUID() repaymentId!: string;
  /** What came in. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  /** Day on which the bank has credited it. */
  @Matches(DATE) receivedOn!: string;
  /** Principal that is still owed after it. */
  @IsUnsignedMinorUnits() outstandingPrincipalMinor!: string;
}

@Event(ofLoan('transferred', 'The claim on the borrower was sold: it is its buyer’s, and in the books of the lender no more.'))
export class LoanTransferred extends DomainEvent<LoanTransferred> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The transfer, by the id of its request. */
  @IsUUID() transferId!: string;
  /** Business date from which the claim is its buyer's. */
  @Matches(DATE) on!: string;
  /** Unified social credit code of the buyer. */
  @IsString() @MaxLength(18) buyerUscc!: string;
  /** Principal that was owed. */
  @IsUnsignedMinorUnits() principalMinor!: string;
  /** Interest that was earned by the day and owed. */
  @IsUnsignedMinorUnits() interestMinor!: string;
  /** Penalty and compound interest that had come up by the day and were owed. */
  @IsUnsignedMinorUnits() penaltyMinor!: string;
}
