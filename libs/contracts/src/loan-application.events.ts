import { IsBoolean, IsIn, IsInt, IsRFC3339, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event, type EventVisibility } from './event.js';
import {
  AgreedGuarantee,
  CONSENT_TYPES,
  ConsentRef,
  DAY_COUNTS,
  FirmFacts,
  GuarantorRef,
  IsRateBps,
  LoanClauses,
  MAX_GUARANTORS,
  Reason,
  REPAYMENT_METHODS,
  type ConsentType,
  type DayCount,
  type RepaymentMethod,
} from './facts.js';
import { IsUnsignedMinorUnits } from './money.js';
import { IsListOf, IsNested } from './nested.js';
import { IsOpenEnum, type OpenEnum } from './open-enum.js';
import { TOLD_STAGES, type ToldStage } from './review-stages.js';
import { TOPICS } from './topics.js';

const of = (type: string, summary: string, visibleTo: EventVisibility = 'nobody') => ({
  type: `${EVENT_NAMESPACE}.loan-application.${type}`,
  producer: 'loan-application',
  version: 1,
  topic: TOPICS.loanApplication,
  keyField: 'applicationId' as const,
  summary,
  visibleTo,
});
const REASON_CODE = /^[A-Z][A-Z0-9_]{2,59}$/;

@Event(of('submitted', 'A firm has applied, with every required consent.', 'partners'))
export class LoanApplicationSubmitted extends DomainEvent<LoanApplicationSubmitted> {
  @IsUUID() applicationId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  @IsString() @MaxLength(64) partnerId!: string;
  /** The product that the firm applies for. */
  @IsString() @MaxLength(64) productCode!: string;
  /** Unified social credit code of the firm (an enterprise's id, no natural person's datum). */
  @IsString() @MaxLength(18) uscc!: string;
  @IsUnsignedMinorUnits() requestedAmountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  @IsInt() @Min(1) @Max(60) tenorMonths!: number;
  @IsIn(REPAYMENT_METHODS) repaymentMethod!: RepaymentMethod;
  @IsString() @MaxLength(64) policyVersion!: string;
  /** When the application was taken. */
  @IsRFC3339() submittedAt!: string;
}

@Event(of('kyc-requested', 'kyc-antifraud is to verify the firm and its people; it alone acts on this.', 'partners'))
export class KycRequested extends DomainEvent<KycRequested> {
  @IsUUID() applicationId!: string;
  /** The natural persons behind the firm, as kyc-antifraud keeps them: personal data never travels in events. */
  @IsUUID() applicantRecordId!: string;
  @IsString() @MaxLength(18) uscc!: string;
  /** Hash of the firm's name in its normal form, to be compared with the registry's; absent from requests of before, whose name is not compared. */
  @IsOptional() @Matches(/^[0-9a-f]{64}$/) companyNameSha256?: string;
  @IsUnsignedMinorUnits() requestedAmountMinor!: string;
  @IsUnsignedMinorUnits() declaredRevenueMinor!: string;
  @IsString() @MaxLength(64) policyVersion!: string;
  /** The consents under which outside sources may be asked. */
  @IsListOf(() => ConsentRef, 20) consents!: ConsentRef[];
  /** Who is to stand for the loan, and is checked with the firm; absent where nobody is, and in requests of before. */
  @IsOptional() @IsListOf(() => GuarantorRef, MAX_GUARANTORS) guarantors?: GuarantorRef[];
  @IsOptional() @IsInt() @Min(2) @Max(99) round?: number;
}

@Event(of('scoring-requested', 'scoring is to score, limit and price the firm from this snapshot; it alone acts on this.', 'partners'))
export class ScoringRequested extends DomainEvent<ScoringRequested> {
  @IsUUID() applicationId!: string;
  /** `decision`, or `reject_inference` where the application is declined already and the score only feeds model monitoring (R-ID-08). */
  @IsIn(['decision', 'reject_inference']) purpose!: 'decision' | 'reject_inference';
  @IsUnsignedMinorUnits() requestedAmountMinor!: string;
  /** The most that the product lends to one firm. */
  @IsUnsignedMinorUnits() productLimitMinor!: string;
  @IsInt() @Min(1) @Max(60) tenorMonths!: number;
  @IsIn(REPAYMENT_METHODS) repaymentMethod!: RepaymentMethod;
  @IsString() @MaxLength(64) policyVersion!: string;
  /** Whose lender lends, and so whose figures bound what one borrower may owe; missing in requests of earlier versions. */
  @IsOptional() @IsString() @MaxLength(64) tenantId?: string;
  /** Consent C5, under which invoices may be read. */
  @IsOptional() @IsUUID() invoiceConsentId!: string | null;
  @IsNested(() => FirmFacts) facts!: FirmFacts;
  /** Set where the score is made anew before the money leaves (R-DB-01): it decides that re-check and nothing else. */
  @IsOptional() @IsUUID() recheckId?: string;
  @IsOptional() @IsInt() @Min(2) @Max(99) round?: number;
}

@Event(of('manual-review-requested', 'A person has to decide; the task is in the staff queue.', 'partners'))
export class ManualReviewRequested extends DomainEvent<ManualReviewRequested> {
  @IsUUID() applicationId!: string;
  @IsUUID() reviewTaskId!: string;
  /** What is looked at: the verification, the approval, or a payout that was refused. */
  @IsOpenEnum(TOLD_STAGES) stage!: OpenEnum<ToldStage>;
  /** Who has to decide: `T1` one approver, `T2` the committee, `T3` the committee after a visit. */
  @IsOpenEnum(['T1', 'T2', 'T3']) tier!: OpenEnum<'T1' | 'T2' | 'T3'>;
  @IsListOf(() => Reason, 30) reasons!: Reason[];
  @IsRFC3339() dueAt!: string;
}

@Event(of('review-decided', 'A person has decided a review task.', 'partners'))
export class ReviewDecided extends DomainEvent<ReviewDecided> {
  @IsUUID() applicationId!: string;
  @IsUUID() reviewTaskId!: string;
  /** The decision, by the id that the person’s client has made. */
  @IsUUID() decisionId!: string;
  /** What was looked at, as in ManualReviewRequested. */
  @IsOpenEnum(TOLD_STAGES) stage!: OpenEnum<ToldStage>;
  /** What the person has decided. */
  @IsIn(['approve', 'reject']) decision!: 'approve' | 'reject';
  /** The member of staff, by the name of the login. */
  @IsString() @MaxLength(64) staffId!: string;
  /** The reason that the person has given. */
  @Matches(REASON_CODE) reasonCode!: string;
}

@Event(of('approved', 'The decision is yes, by the engine (T0) or by a person.', 'partners'))
export class LoanApproved extends DomainEvent<LoanApproved> {
  @IsUUID() applicationId!: string;
  /** Who has decided: `T0` the engine, `T1` one approver, `T2` the committee. */
  @IsIn(['T0', 'T1', 'T2']) tier!: 'T0' | 'T1' | 'T2';
  /** The most that may be offered. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsRateBps() rateBps!: number;
  @IsListOf(() => Reason, 30) reasons!: Reason[];
}

@Event(of('rejected', 'The decision is no, with its reasons.', 'partners'))
export class LoanApplicationRejected extends DomainEvent<LoanApplicationRejected> {
  @IsUUID() applicationId!: string;
  /** Where in the process the application was declined. */
  @IsOpenEnum(['verification', 'scoring', 'approval', 'disbursement', 'pricing']) stage!: OpenEnum<
    'verification' | 'scoring' | 'approval' | 'disbursement' | 'pricing'
  >;
  @IsListOf(() => Reason, 30) reasons!: Reason[];
}

@Event(of('offer-issued', 'An offer with its all-in cost sheet stands until it expires (G-PR-02).', 'partners'))
export class LoanOfferIssued extends DomainEvent<LoanOfferIssued> {
  @IsUUID() applicationId!: string;
  @IsUUID() offerId!: string;
  /** What is offered. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsRateBps() rateBps!: number;
  /** Effective annual rate of everything the borrower pays (M-RS-03). */
  @IsRateBps() effectiveAnnualRateBps!: number;
  @IsInt() @Min(1) @Max(60) tenorMonths!: number;
  @IsIn(REPAYMENT_METHODS) repaymentMethod!: RepaymentMethod;
  /** Until when the offer can be accepted. */
  @IsRFC3339() expiresAt!: string;
}

@Event(of('offer-accepted', 'The borrower takes the offer; the contract can be signed.', 'partners'))
export class LoanOfferAccepted extends DomainEvent<LoanOfferAccepted> {
  @IsUUID() applicationId!: string;
  @IsUUID() offerId!: string;
  /** The acceptance, by the id that the partner has made. */
  @IsUUID() acceptanceId!: string;
}

@Event(of('contract-generated', 'The contract text exists; its hash is what gets signed.', 'partners'))
export class ContractGenerated extends DomainEvent<ContractGenerated> {
  @IsUUID() applicationId!: string;
  @IsUUID() contractId!: string;
  @Matches(/^[0-9a-f]{64}$/) contractSha256!: string;
  /** Version of the template that the text was made from. */
  @IsString() @MaxLength(64) templateVersion!: string;
}

@Event(of('contract-signed', 'All parties have signed (G-EC-02).', 'partners'))
export class ContractSigned extends DomainEvent<ContractSigned> {
  @IsUUID() applicationId!: string;
  @IsUUID() contractId!: string;
  @Matches(/^[0-9a-f]{64}$/) contractSha256!: string;
  /** The borrower’s signature, by our id of the signing. */
  @IsUUID() signatureId!: string;
  /** Serial number of the certificate that signed for the borrower. */
  @IsString() @MaxLength(100) certificateSerial!: string;
  /** When the last party has signed. */
  @IsRFC3339() signedAt!: string;
}

@Event(
  of(
    'payee-account-changed',
    'All parties have signed an addendum: the next order pays to another account than the one that the bank refused (T18).',
    'partners',
  ),
)
export class PayeeAccountChanged extends DomainEvent<PayeeAccountChanged> {
  @IsUUID() applicationId!: string;
  /** The change of the account, by the id that the partner has made. */
  @IsUUID() accountChangeId!: string;
  /** Hash of the addendum's text, which was signed. */
  @Matches(/^[0-9a-f]{64}$/) addendumSha256!: string;
  @IsUUID() payeeRecordId!: string;
  /** When the addendum was signed. */
  @IsRFC3339() signedAt!: string;
}

@Event(of('disbursement-requested', 'disbursement is to pay the loan out once; it alone acts on this.', 'partners'))
export class DisbursementRequested extends DomainEvent<DisbursementRequested> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @IsUUID() contractId!: string;
  @Matches(/^[0-9a-f]{64}$/) contractSha256!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  @IsString() @MaxLength(18) uscc!: string;
  /** What is to be paid out. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  @IsInt() @Min(1) @Max(60) tenorMonths!: number;
  @IsUUID() payeeRecordId!: string;
  /** Id that the payout of this order is to have, so that the hub can hold what is paid against it; absent in orders from before. */
  @IsOptional() @IsUUID() payoutId?: string | null;
  @IsString() @MaxLength(64) policyVersion!: string;
  /** SHA-256 (hex) of the borrower's name in normal form: the account's holder must have this name. Absent in events of before. */
  @IsOptional() @Matches(/^[0-9a-f]{64}$/) borrowerNameSha256?: string;
}

@Event(of('loan-activated', 'The money is out: the loan lives; monitoring books it.', 'partners'))
export class LoanActivated extends DomainEvent<LoanActivated> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  @IsUUID() contractId!: string;
  @IsUUID() payoutId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  @IsString() @MaxLength(64) partnerId!: string;
  @IsString() @MaxLength(18) uscc!: string;
  /** What was paid out, and is owed from now on. */
  @IsUnsignedMinorUnits() principalMinor!: string;
  @IsString() @MaxLength(3) currency!: string;
  @IsRateBps() rateBps!: number;
  @IsInt() @Min(1) @Max(60) tenorMonths!: number;
  @IsIn(REPAYMENT_METHODS) repaymentMethod!: RepaymentMethod;
  /** How days are counted for interest. */
  @IsIn(DAY_COUNTS) dayCount!: DayCount;
  /** Business date (Asia/Shanghai) on which the bank paid. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) disbursedOn!: string;
  @IsString() @MaxLength(64) policyVersion!: string;
  /** What the signed contract says of lateness, misuse and early repayment. Absent, or null, where it was signed before contracts said it: such a loan bears none of it. */
  @IsOptional() @IsNested(() => LoanClauses) clauses?: LoanClauses | null;
  /** Who stands for it from the beginning; absent where nobody does, and in events of before. */
  @IsOptional() @IsListOf(() => AgreedGuarantee, MAX_GUARANTORS) guarantees?: AgreedGuarantee[];
  /** Product that it was lent as. Absent in events of before. */
  @IsOptional() @IsString() @MaxLength(64) productCode?: string;
  /** Industry that the firm has declared (GB/T 4754). Absent in events of before. */
  @IsOptional() @IsString() @MaxLength(10) industryCode?: string;
}

@Event(of('loan-closed', 'Nothing is owed to the lender any more; the application has come to its end.', 'partners'))
export class LoanClosed extends DomainEvent<LoanClosed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date from which the claim is that of whoever has bought it; absent where the loan was repaid. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) transferredOn?: string;
}

@Event(of('loan-closure-reversed', 'A loan that was closed is owed again, as the bank took money back.', 'partners'))
export class LoanClosureReversed extends DomainEvent<LoanClosureReversed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Principal that is owed again; absent in events of before it was told. */
  @IsOptional() @IsUnsignedMinorUnits() outstandingPrincipalMinor?: string;
}

@Event(of('expired', 'A deadline passed: offer or contract was not answered in time.', 'partners'))
export class LoanApplicationExpired extends DomainEvent<LoanApplicationExpired> {
  @IsUUID() applicationId!: string;
  /** What was not answered in time. */
  @IsOpenEnum(['offer', 'contract']) stage!: OpenEnum<'offer' | 'contract'>;
}

@Event(of('cancelled', 'The applicant withdrew, or declined the offer, or a guarantor does not sign.', 'partners'))
export class LoanApplicationCancelled extends DomainEvent<LoanApplicationCancelled> {
  @IsUUID() applicationId!: string;
  /** Why the applicant has withdrawn, as far as it was said; `GUARANTOR_REFUSED` where a guarantor does not sign. */
  @Matches(REASON_CODE) reasonCode!: string;
}

@Event(of('consent-revoked', 'A consent was withdrawn: no source is asked under it any more (G-PI-01).'))
export class ConsentRevoked extends DomainEvent<ConsentRevoked> {
  @IsUUID() applicationId!: string;
  /** The consent, of the applicant or of a guarantor, as loan-application keeps it. */
  @IsUUID() consentId!: string;
  /** What had been consented to. */
  @IsIn(CONSENT_TYPES) type!: ConsentType;
  /** From when on nothing may be asked under it. */
  @IsRFC3339() revokedAt!: string;
  /** True where the application has ended, by it or before: what is kept of the person is stored and used no more. False where it goes on, or where its contract stands. */
  @IsBoolean() storedOnly!: boolean;
}
