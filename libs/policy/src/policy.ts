import 'reflect-metadata';
import { DISCLOSURES, GRADES, type Disclosure } from '@millrace/contracts';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { ClassificationParameters } from './classification-parameters.js';
import { CollectionParameters } from './collection-parameters.js';
import { IsCalendarDate, IsMinorAmount, IsSection, IsWholeFromTo } from './is-parameter.js';
import { EntryParameters } from './entry-parameters.js';
import { FreshnessParameters } from './freshness-parameters.js';
import { InvoiceParameters } from './invoice-parameters.js';
import { LimitParameters } from './limit-parameters.js';
import { MasterScaleParameters } from './master-scale-parameters.js';
import { ExtensionParameters, GuaranteeParameters, RenewalParameters } from './change-parameters.js';
import { ProvisionParameters } from './provision-parameters.js';
import { CreditReportParameters } from './credit-report-parameters.js';
import { RecoveryParameters } from './recovery-parameters.js';
import { ReserveParameters } from './reserve-parameters.js';
import { RiskIndexParameters } from './risk-index-parameters.js';

/** Licences with their own limits (online and local microloan companies have caps of their own); a release is chosen by this (R-LG-01). */
export const LENDER_TYPES = ['bank', 'online_microloan', 'local_microloan'] as const;
export type LenderType = (typeof LENDER_TYPES)[number];

/** Figures of a lender's books that a limit can be a share of. */
export const LENDER_FACTS = ['netAssets', 'netCapital'] as const;
export type LenderFact = (typeof LENDER_FACTS)[number];

/** What one borrower may owe a lender of the licence (G-ML-01, G-ML-03, G-WC-12). */
export class ExposureParameters {
  /** What the share is of: net assets at the prior year-end, or net capital. The figure itself is a dated fact of the lender. */
  @IsIn(LENDER_FACTS) base!: LenderFact;
  /** Most of the base that one borrower may owe. */
  @IsWholeFromTo(0, 10_000) singleBorrowerCapBps!: number;
  /** Most that one borrower may owe, however large the lender is. */
  @IsMinorAmount() obligorCapMinor!: string;
}

/** Approval matrix (M-AM-01 to M-AM-06). */
export class ApprovalParameters {
  @IsMinorAmount() autoMaxMinor!: string;
  @IsArray() @IsIn(GRADES, { each: true }) autoGrades!: string[];
  @IsMinorAmount() singleMaxMinor!: string;
  @IsIn(GRADES) singleLowerGrade!: string;
  @IsMinorAmount() singleLowerGradeMaxMinor!: string;
  @IsIn(GRADES) committeeLowerGrade!: string;
  /** Every other grade; named so that a grade left out by mistake keeps the release from loading. */
  @IsArray() @IsIn(GRADES, { each: true }) rejectGrades!: string[];
  @IsWholeFromTo(0, 100) autoMinRiskIndex!: number;
  @IsWholeFromTo(0, 100) rejectRiskIndexBelow!: number;
  @IsWholeFromTo(0, 50) autoMaxLenders!: number;
  @IsWholeFromTo(0, 1_000) fraudGreenBelow!: number;
  @IsWholeFromTo(0, 1_000) fraudRedFrom!: number;
  /** Whether the credit committee decides T2; without it such an application is capped to the authority of one approver, or can only be rejected. */
  @IsBoolean() committeeSits!: boolean;
  /** Most that a committee may approve for the committee's own grade. */
  @IsMinorAmount() committeeLowerGradeMaxMinor!: string;
  /** Share of what the engine approves that a person looks at afterwards. */
  @IsWholeFromTo(0, 10_000) sampleBps!: number;
  /** Findings of the verification that say that what was declared is not so; where nobody has cleared one, the firm is visited. */
  @IsArray() @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { each: true }) visitFindings!: string[];
  /** Divisions of GB/T 4754, two digits each, of high risk: above the amount the firm is visited. */
  @IsArray() @Matches(/^\d{2}$/, { each: true }) visitIndustries!: string[];
  @IsMinorAmount() visitIndustryAboveMinor!: string;
}

/** Cap on all costs of a loan together (G-PR-03, G-IL-14). */
export class CostParameters {
  @IsWholeFromTo(0, 3_600) allInCapBps!: number;
  /** Which rate is held against the cap; the effective one by default (M-RS-03). */
  @IsIn(['effective', 'nominal']) capTest!: 'effective' | 'nominal';
}

/** Parts of the risk-based price (M-RP-01). */
export class PriceParameters {
  @IsWholeFromTo(0, 3_600) ftpBps!: number;
  @IsWholeFromTo(0, 3_600) operatingCostBps!: number;
  @IsWholeFromTo(0, 10_000) lgdBps!: number;
  @IsWholeFromTo(0, 15_000) riskWeightBps!: number;
  @IsWholeFromTo(0, 10_000) capitalRatioBps!: number;
  @IsWholeFromTo(0, 3_600) hurdleBps!: number;
  @IsWholeFromTo(0, 3_600) marginBps!: number;
  @IsWholeFromTo(0, 3_600) subsidyBps!: number;
  @IsWholeFromTo(0, 3_600) loyaltyBps!: number;
  @IsWholeFromTo(1, 100) roundUpToBps!: number;
}

/** How long each stage may wait (M-AP-03). */
export class DeadlineParameters {
  /** How long a draft is kept that nobody touches. */
  @IsWholeFromTo(1, 365) draftIdleDays!: number;
  @IsWholeFromTo(1, 720) verificationHours!: number;
  /** How long an applicant has to answer what it is asked. */
  @IsWholeFromTo(1, 90) supplementDays!: number;
  /** How long a person may take over an appeal. */
  @IsWholeFromTo(1, 60) appealBusinessDays!: number;
  @IsWholeFromTo(1, 720) scoringHours!: number;
  @IsWholeFromTo(1, 365) reviewBusinessDays!: number;
  /** How long a visit to the firm may take until it is reported. */
  @IsWholeFromTo(1, 365) visitBusinessDays!: number;
  @IsWholeFromTo(1, 365) offerDays!: number;
  /** How long a score carries an offer; an older one does not. */
  @IsWholeFromTo(1, 365) scoreDays!: number;
  @IsWholeFromTo(1, 365) contractDays!: number;
  @IsWholeFromTo(1, 365) disbursementReviewBusinessDays!: number;
  /** How long a payment waits for its authorisation before its contract is void. */
  @IsWholeFromTo(1, 365) authorisationBusinessDays!: number;
}

/** What an applicant may still say before and after a decision (M-AP-17, M-AP-18). */
export class HearingParameters {
  /** How often an applicant may be asked to correct or add something, before a person decides on what there is; 0 where it is never asked. */
  @IsWholeFromTo(0, 10) supplementRounds!: number;
  /** Days after a refusal by the engine in which it may be appealed; 0 where no appeal is taken. */
  @IsWholeFromTo(0, 365) appealDays!: number;
}

/** How long after a refusal the same firm may not apply again. */
export class CoolingOffParameters {
  @IsWholeFromTo(0, 3_650) fraudDays!: number;
  @IsWholeFromTo(0, 3_650) otherDays!: number;
  /** Reasons that end by themselves or are nobody's fault: a firm that is refused for nothing else may apply again at once. */
  @IsArray() @ArrayUnique() @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { each: true, message: 'must be codes of reasons' }) endingCauses!: readonly string[];
}

/** What of a source's answer counts as certain, as different, or as an owner. */
export class VerificationParameters {
  /** From this share on an owner is a beneficial owner, and is screened (G-AM-07). */
  @IsWholeFromTo(1, 100) beneficialOwnerPercent!: number;
  /** Match score of a list from which on a hit is certain (an exact alias; an identifier or the exact name scores 1); a person compares the others. */
  @IsWholeFromTo(1, 10_000) certainMatchBps!: number;
  /** Revenue is declared in round figures: a difference below this says nothing, however small the firm. */
  @IsMinorAmount() roundFigureMinor!: string;
  /** Days in which firms are counted that share a device or a mobile number. */
  @IsWholeFromTo(1, 365) ringDays!: number;
  /** Days in which the applications of one firm are counted. */
  @IsWholeFromTo(1, 365) repeatDays!: number;
}

/** What an applicant is shown and told. */
export class DisclosureParameters {
  /** Pages that the applicant has to acknowledge before an application is taken (G-PR-02). */
  @IsArray() @ArrayUnique() @IsIn(DISCLOSURES, { each: true }) requiredPages!: readonly Disclosure[];
  /** Most reasons of a score that are kept, and that a refusal tells of. */
  @IsWholeFromTo(1, 10) topReasons!: number;
}

/** How old what the applicant has agreed to may be (R-LE-01). */
export class ConsentParameters {
  /** Days from the grant of a consent to the submission that rests on it; an older grant was given to something else. */
  @IsWholeFromTo(1, 3_650) maxAgeDays!: number;
}

/** What an applicant may do whose identity did not match: a typing error is no fraud (R-CR-04). */
export class IdentityParameters {
  /** Applications of a firm that are declined for an unproven identity, without any wait, before a person looks at the next one. */
  @IsWholeFromTo(1, 20) triesBeforePerson!: number;
  /** Days in which those tries are counted. */
  @IsWholeFromTo(1, 365) tryWindowDays!: number;
}

/** Allocation of repayments (M-RS-05, M-RS-06). */
export class RepaymentParameters {
  @IsWholeFromTo(0, 3_650) principalFirstOverDpd!: number;
  /** Money is kept in suspense where it is more than so many times what the loan still owes. */
  @IsWholeFromTo(1, 100) holdAboveOwedMultiple!: number;
  /** Days for which an announced transfer waits for its line of the statement before a person looks (M-LN-06). */
  @IsWholeFromTo(1, 365) announcementDays!: number;
}

/** What a contract is drafted with for the time after the payout; the contract then keeps it, whatever the parameters say later (R-LG-04). */
export class ServicingParameters {
  /** Raise of the contract rate for what is overdue, in basis points of the rate; the law has 30 to 50% (G-PR-07). */
  @IsWholeFromTo(3_000, 5_000) penaltyUpliftBps!: number;
  /** Raise for money that is used for something else; the law has 50 to 100%, and the heavier of the two applies alone (G-PR-07, G-PR-08). */
  @IsWholeFromTo(5_000, 10_000) misuseUpliftBps!: number;
  /** Days after the due date in which arrears that are paid whole bear no penalty (M-LN-03). */
  @IsWholeFromTo(0, 30) graceDays!: number;
  /** Fee on principal that is paid before it is due (M-LN-04). */
  @IsWholeFromTo(0, 300) prepaymentFeeBps!: number;
  /** Whether the borrower mandates the lender to debit what falls due from the account that the loan is paid to (M-DD-01). */
  @IsBoolean() directDebit!: boolean;
  /** Whether the borrower may choose with each prepayment what it leaves as it was (M-LN-08). */
  @IsBoolean() prepaymentChoice!: boolean;
  /** How often the account is debited for one due date, the first time on the date itself (M-DD-02). */
  @IsWholeFromTo(1, 10) debitTries!: number;
  /** Days from a debit that failed to the next try, which then falls on a business day (M-DD-02). */
  @IsWholeFromTo(1, 30) debitRetryDays!: number;
}

/** Handling of payments (S13). */
export class PaymentParameters {
  /** Waits before each further question about an unknown outcome; the last one repeats. */
  @IsArray() @ArrayNotEmpty() @IsInt({ each: true }) @Min(1, { each: true }) @Max(86_400, { each: true }) unknownQuerySeconds!: number[];
  /** How far the clocks of an outside party and ours may differ: an instant outside [asked, now] by more is not booked. */
  @IsWholeFromTo(1, 3_600) paidAtSkewSeconds!: number;
  /** A larger payment is authorised by two persons; the engine orders the others by itself. */
  @IsMinorAmount() authoriseAboveMinor!: string;
}

/** Every limit, rate, threshold and deadline of one licence, as a release says them. */
export class Policy {
  @Matches(/^[a-z_]+\.v\d+$/, { message: 'must be the lender type, ".v" and a number' }) version!: string;
  @IsIn(LENDER_TYPES) lenderType!: LenderType;
  /** First business date on which new applications use the release; old ones keep theirs. */
  @IsCalendarDate() effectiveFrom!: string;
  /** SHA-256 (hex) of everything in the release. */
  @Matches(/^[0-9a-f]{64}$/, { message: 'must be a SHA-256 in hex' }) sha256!: string;
  @IsSection(() => ExposureParameters) exposure!: ExposureParameters;
  @IsSection(() => ApprovalParameters) approval!: ApprovalParameters;
  @IsSection(() => CostParameters) cost!: CostParameters;
  @IsSection(() => MasterScaleParameters) masterScale!: MasterScaleParameters;
  @IsSection(() => PriceParameters) price!: PriceParameters;
  @IsSection(() => LimitParameters) limit!: LimitParameters;
  @IsSection(() => RiskIndexParameters) riskIndex!: RiskIndexParameters;
  @IsSection(() => InvoiceParameters) invoices!: InvoiceParameters;
  @IsSection(() => DeadlineParameters) deadlines!: DeadlineParameters;
  @IsSection(() => EntryParameters) entry!: EntryParameters;
  @IsSection(() => HearingParameters) hearing!: HearingParameters;
  @IsSection(() => CoolingOffParameters) coolingOff!: CoolingOffParameters;
  @IsSection(() => VerificationParameters) verification!: VerificationParameters;
  @IsSection(() => FreshnessParameters) freshness!: FreshnessParameters;
  @IsSection(() => DisclosureParameters) disclosure!: DisclosureParameters;
  @IsSection(() => ConsentParameters) consent!: ConsentParameters;
  @IsSection(() => IdentityParameters) identity!: IdentityParameters;
  @IsSection(() => RepaymentParameters) repayment!: RepaymentParameters;
  @IsSection(() => ServicingParameters) servicing!: ServicingParameters;
  @IsSection(() => PaymentParameters) payment!: PaymentParameters;
  @IsSection(() => ClassificationParameters) classification!: ClassificationParameters;
  @IsSection(() => ProvisionParameters) provision!: ProvisionParameters;
  @IsSection(() => CollectionParameters) collection!: CollectionParameters;
  @IsSection(() => ExtensionParameters) extension!: ExtensionParameters;
  @IsSection(() => GuaranteeParameters) guarantee!: GuaranteeParameters;
  @IsSection(() => RenewalParameters) renewal!: RenewalParameters;
  @IsSection(() => ReserveParameters) reserve!: ReserveParameters;
  @IsSection(() => RecoveryParameters) recovery!: RecoveryParameters;
  @IsSection(() => CreditReportParameters) creditReport!: CreditReportParameters;
}

/** Parameters that belong together, under the name that their ids begin with. */
export type SectionName = Exclude<keyof Policy, 'version' | 'lenderType' | 'effectiveFrom' | 'sha256'>;

/** Whose day decides which release is asked: that of the application, of the contract, of the booking, or today. */
export const MOMENTS = ['application', 'contract', 'posting', 'today'] as const;
export type Moment = (typeof MOMENTS)[number];

/** The moment that binds each section, as the code that reads it has it; the files of parameters must say the same. */
export const SECTION_MOMENTS = {
  exposure: 'today',
  approval: 'application',
  cost: 'contract',
  masterScale: 'application',
  price: 'application',
  limit: 'application',
  riskIndex: 'application',
  invoices: 'application',
  deadlines: 'application',
  entry: 'application',
  hearing: 'application',
  coolingOff: 'application',
  verification: 'application',
  freshness: 'application',
  disclosure: 'application',
  consent: 'application',
  identity: 'application',
  repayment: 'contract',
  servicing: 'contract',
  payment: 'application',
  classification: 'today',
  provision: 'today',
  collection: 'today',
  extension: 'today',
  guarantee: 'today',
  renewal: 'today',
  reserve: 'today',
  recovery: 'today',
  creditReport: 'today',
} as const satisfies Readonly<Record<SectionName, Moment>>;
