import { IsBoolean, IsIn, IsInt, IsRFC3339, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsUnsignedMinorUnits } from './money.js';
import { IsListOf, IsNested } from './nested.js';

/** Consents a borrower gives one by one, each with its own text (C1–C9: M-AP-06, R-LE-01). */
export const CONSENT_TYPES = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9'] as const;
export type ConsentType = (typeof CONSENT_TYPES)[number];

/** Consents without which an outside source may not be asked that every verification asks (G-PI-02, R-LG-03). */
export const VERIFICATION_CONSENTS: readonly ConsentType[] = ['C1', 'C2', 'C3', 'C4', 'C5'];

/** Pages that every applicant has seen and ticked before submitting (R-AP-12). */
export const DISCLOSURES = ['risk_warning', 'cost_explainer'] as const;
export type Disclosure = (typeof DISCLOSURES)[number];

/** Repayment methods: 等额本息, 等额本金, 先息后本, 一次还本付息 (R-DB-05). */
/** What money is lent for; which of them a licence bars is a dated parameter (G-IL-05, G-ML-05). */
export const PURPOSES = ['working_capital', 'purchase', 'equipment', 'rent', 'payroll', 'property', 'securities', 'equity', 'debt_repayment'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const REPAYMENT_METHODS = ['equal_instalment', 'equal_principal', 'interest_monthly', 'bullet'] as const;
export type RepaymentMethod = (typeof REPAYMENT_METHODS)[number];

/** Day counts of a contract; `periodic` takes a twelfth of the annual rate for each month. */
export const DAY_COUNTS = ['periodic', '30E/360', 'ACT/365', 'ACT/360'] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

/** Grades of the master scale (M-GR-01). */
export const GRADES = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R10'] as const;
export type Grade = (typeof GRADES)[number];

/** Five classes of a loan, best first: 正常, 关注, 次级, 可疑, 损失; the last three are non-performing (G-CL-01). */
export const LOAN_CLASSES = ['NORMAL', 'SPECIAL_MENTION', 'SUBSTANDARD', 'DOUBTFUL', 'LOSS'] as const;
export type LoanClass = (typeof LOAN_CLASSES)[number];

/** Arrears by months, as the field counts them: M0 none, M1 1 to 30 days past due, M2 31 to 60 … M7+ above 180. */
export const LOAN_BUCKETS = ['M0', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7+'] as const;
export type LoanBucket = (typeof LOAN_BUCKETS)[number];

/**
 * How a loan that is late is pursued, mildest first: C1 by message, C2 by call, C3 by call and visit, C4 by letters to debtor and guarantor, C5 by law, C6 after
 * the write-off. A loan that is not late has none; the reminders before a due date (C0) belong to the due date and not to the loan.
 */
export const COLLECTION_STAGES = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'] as const;
export type CollectionStage = (typeof COLLECTION_STAGES)[number];

/**
 * What becomes of a guarantee: it stands (`live`), its guarantor was asked to pay (`claimed`) and has paid what was asked for (`compensated`); or its time is over
 * (`lapsed`), nothing is owed any more (`released`), or whoever has bought the claim has it (`transferred`). Of a loan with several, the first of them by
 * {@link GUARANTEE_STATUSES} that one of its guarantees is in.
 */
export const GUARANTEE_STATUSES = ['claimed', 'live', 'compensated', 'transferred', 'released', 'lapsed'] as const;
export type GuaranteeStatus = (typeof GUARANTEE_STATUSES)[number];

/** Tax authority's class of a firm; D stops the application (M-AM-05). */
export const TAX_CLASSES = ['A', 'B', 'M', 'C', 'D'] as const;
export type TaxClass = (typeof TAX_CLASSES)[number];

/** A recorded consent, by id: what was agreed to is kept by loan-application. */
export class ConsentRef {
  /** The consent, as loan-application keeps it. */
  @IsUUID() consentId!: string;
  /** What is consented to. */
  @IsIn(CONSENT_TYPES) type!: ConsentType;
  /** When it was given. */
  @IsRFC3339() grantedAt!: string;
}

/** Where a datum of a decision came from (R-CR-09). */
export class Provenance {
  /** Name of the outside source. */
  @IsString() @MaxLength(40) source!: string;
  /** Our own id of the query, which is the provider's idempotency key. */
  @IsUUID() queryId!: string;
  /** When its reply came. */
  @IsRFC3339() fetchedAt!: string;
  /** The consent under which it was asked; absent where none is needed. */
  @IsOptional() @IsUUID() consentId?: string;
  /** SHA-256 of the provider's reply, hex. */
  @Matches(/^[0-9a-f]{64}$/) replySha256!: string;
}

/** An immutable batch of VAT invoices at the provider; too large for an event, so services read it by this reference. */
export class InvoiceBatchRef {
  /** The batch, by the provider’s own id. */
  @IsString() @IsNotEmpty() @MaxLength(100) batchId!: string;
  /** SHA-256 of the batch's bytes, hex: what was verified is what gets scored. */
  @Matches(/^[0-9a-f]{64}$/) sha256!: string;
  /** Number of invoices in it. */
  @IsInt() @Min(0) invoiceCount!: number;
  /** YYYY-MM from which "12 months" count back: the last full month (Asia/Shanghai) before the submission. */
  @Matches(/^\d{4}-\d{2}$/) referenceMonth!: string;
  /** Business date on which the batch was verified: no invoice of it can be of a later day. Absent for what was verified by the rules of feature set v1. */
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) asOf?: string;
}

/** Verified facts of a firm, the snapshot that scoring works on; null means the source has no such datum (never "good": R-CR-02). */
export class FirmFacts {
  /** Hash of the registered name in its normal form: the account that is paid must be in this name. Absent where the registry did not answer, and from facts of before. */
  @IsOptional() @Matches(/^[0-9a-f]{64}$/) registeredNameSha256?: string;
  /** Full months since the firm was established, as the registry has it; 0 where the registry did not answer. */
  @IsInt() @Min(0) monthsInBusiness!: number;
  /** Industry of the firm, a code of GB/T 4754 as the registry has it. */
  @IsString() @MaxLength(10) industryCode!: string;
  @IsUnsignedMinorUnits() declaredRevenueMinor!: string;
  /** Valid sales invoices of the last 12 months, red letters deducted; never below zero. */
  @IsOptional() @IsUnsignedMinorUnits() invoicedRevenue12mMinor!: string | null;
  /** The tax authority’s class of the firm; `A` is the best. */
  @IsOptional() @IsIn(TAX_CLASSES) taxClass!: TaxClass | null;
  /** Taxes paid in the last 12 months. */
  @IsOptional() @IsUnsignedMinorUnits() taxPaid12mMinor!: string | null;
  /** Cash flow available for debt service of the last 12 months (M-LM-05). */
  @IsOptional() @IsUnsignedMinorUnits() cfads12mMinor!: string | null;
  /** Official working-capital need after own funds and existing loans (G-WC-10). */
  @IsOptional() @IsUnsignedMinorUnits() workingCapitalNeedMinor!: string | null;
  /** Whether the credit bureau has a record of the firm. */
  @IsBoolean() bureauRecordFound!: boolean;
  /** No overdue now; null where the bureau has no record. */
  @IsOptional() @IsBoolean() bureauClean!: boolean | null;
  /** As `bureauClean`, for the owner. */
  @IsOptional() @IsBoolean() ownerBureauClean!: boolean | null;
  /** What the firm owes to all lenders, as the bureau has it. */
  @IsOptional() @IsUnsignedMinorUnits() totalDebtMinor!: string | null;
  /** The part of it that has no security. */
  @IsOptional() @IsUnsignedMinorUnits() unsecuredDebtMinor!: string | null;
  /** Number of lenders that the firm owes to, as the bureau has it. */
  @IsOptional() @IsInt() @Min(0) lenderCount!: number | null;
  /** The invoices that scoring reads; null where the firm has given no access. */
  @IsOptional() @IsNested(() => InvoiceBatchRef) invoices!: InvoiceBatchRef | null;
  /** Where each part of the facts came from (R-CR-09). */
  @IsListOf(() => Provenance, 50) provenance!: Provenance[];
}

/** What a check found; `code` is of the catalogue in kyc-antifraud, severity as M-FR-15 reads it. */
export class Finding {
  /** What was found. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) code!: string;
  /** How grave it is: `info` is only told, at `amber` a person may have to look, `red` stops. */
  @IsIn(['info', 'amber', 'red']) severity!: 'info' | 'amber' | 'red';
  /** The number that crossed the threshold, for people; never a name. */
  @IsOptional() @IsString() @MaxLength(80) observed?: string;
}

/** A machine-readable reason with its plain sentence (R-UW-04). */
export class Reason {
  /** The reason, of the catalogue of reasons. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) code!: string;
  /** The same as a sentence for staff. */
  @IsString() @MaxLength(300) sentence!: string;
}

/** One cap of the limit engine. */
export class LimitCap {
  /** Which cap it is. */
  @IsString() @MaxLength(40) name!: string;
  /** What it allows. */
  @IsUnsignedMinorUnits() amountMinor!: string;
}

/** Basis points, 0 to 100%. */
export function IsRateBps(): PropertyDecorator {
  return (target, property) => {
    IsInt()(target, property as string);
    Min(0)(target, property as string);
    Max(10_000)(target, property as string);
  };
}

/** What a prepayment asks for the period that it breaks: interest for the days that the money was out (G-PR-10), or for the whole period. */
export const PREPAYMENT_INTERESTS = ['to_the_day', 'whole_period'] as const;
export type PrepaymentInterest = (typeof PREPAYMENT_INTERESTS)[number];

/** What a partial prepayment leaves as it was: the instalment, so that the loan ends earlier, or the dates, so that the instalment falls. */
export const PREPAYMENT_EFFECTS = ['shorter_term', 'lower_instalment'] as const;
export type PrepaymentEffect = (typeof PREPAYMENT_EFFECTS)[number];

/** Calendars by which a due date can move. */
export const HOLIDAY_CALENDARS = ['CN'] as const;
export type HolidayCalendar = (typeof HOLIDAY_CALENDARS)[number];

/** The borrower's mandate to debit what falls due from the account that the loan was paid to. */
export class DirectDebitClause {
  /** How often the account is debited for one due date, the first time on the date itself. */
  @IsInt() @Min(1) @Max(10) tries!: number;
  /** Days from a debit that failed to the next try, which then falls on a business day. */
  @IsInt() @Min(1) @Max(30) retryDays!: number;
}

/** Terms of the loan prime rate (LPR) that is published each month. */
export const LPR_TENORS = ['1Y', '5Y'] as const;
export type LprTenor = (typeof LPR_TENORS)[number];

/** Days on which a floating rate follows: every 1 January, or the day of the payout in each later year. */
export const REPRICING_DAYS = ['january_first', 'anniversary'] as const;
export type RepricingDay = (typeof REPRICING_DAYS)[number];

/** A rate that follows the loan prime rate: the rate of the contract is that of its day plus the spread (G-PR-05). */
export class FloatingRateClause {
  /** Which of the published rates it follows. */
  @IsIn(LPR_TENORS) tenor!: LprTenor;
  /** What the contract adds to it for good, in basis points; below zero it takes off. */
  @IsInt() @Min(-10_000) @Max(10_000) spreadBps!: number;
  /** Days on which the rate becomes the newest published one plus the spread. */
  @IsIn(REPRICING_DAYS) repricesOn!: RepricingDay;
  /** Highest rate that it can become: the one at which the all-in cost of the contract reaches the cap (G-PR-03). */
  @IsRateBps() ceilingBps!: number;
}

/** What a signed contract says of lateness, misuse, early repayment and direct debit; the loan keeps it for good. */
export class LoanClauses {
  /** Raise of the contract rate for what is overdue, in parts of the rate: 4000 makes 7.2% into 10.08% (G-PR-07). */
  @IsRateBps() penaltyUpliftBps!: number;
  /** Days after the due date in which arrears that are paid whole bear no penalty. */
  @IsInt() @Min(0) @Max(30) graceDays!: number;
  /** Whether overdue interest bears compound interest at the penalty rate. */
  @IsBoolean() compound!: boolean;
  /** Raise for money that is used for something else; the heavier of the two raises applies alone (G-PR-08). */
  @IsRateBps() misuseUpliftBps!: number;
  /** What a prepayment asks for the period that it breaks: interest to the day (`to_the_day`), or of the whole period. */
  @IsIn(PREPAYMENT_INTERESTS) prepaymentInterest!: PrepaymentInterest;
  /** What a partial prepayment changes: the term ends earlier (`shorter_term`), or each instalment falls. */
  @IsIn(PREPAYMENT_EFFECTS) prepaymentEffect!: PrepaymentEffect;
  /** Whether the borrower may name the other effect with a prepayment; absent where it is always that of the contract. */
  @IsOptional() @IsBoolean() prepaymentChoice?: boolean;
  /** Fee on principal that is paid before it is due. */
  @IsRateBps() prepaymentFeeBps!: number;
  /** Calendar by which a due date on a day that is no business day moves to the next one (`CN`); null where it does not move. */
  @IsOptional() @IsIn(HOLIDAY_CALENDARS) holidayCalendar!: HolidayCalendar | null;
  /** Absent where the borrower has given no mandate: nothing is debited. */
  @IsOptional() @IsNested(() => DirectDebitClause) directDebit?: DirectDebitClause;
  /** Absent where the rate is fixed for the whole term. */
  @IsOptional() @IsNested(() => FloatingRateClause) floatingRate?: FloatingRateClause;
}

/** Who may stand for a loan: a natural person, or a firm. */
export const GUARANTOR_PARTIES = ['person', 'firm'] as const;
export type GuarantorParty = (typeof GUARANTOR_PARTIES)[number];

/**
 * Consents that a guarantor gives, by what it is: a person's data and face are checked and its credit is asked for (G-PI-02, G-CB-02), a firm's credit likewise
 * (G-CB-01); either agrees to sign electronically (G-EC-02).
 */
export const GUARANTOR_CONSENTS: Readonly<Record<GuarantorParty, readonly ConsentType[]>> = { person: ['C2', 'C3', 'C4', 'C8'], firm: ['C1', 'C8'] };

/** A guarantor whom kyc-antifraud is to check, as it keeps it: personal data never travels in events. */
export class GuarantorRef {
  /** The guarantor, by the id that the partner has made. */
  @IsUUID() guarantorId!: string;
  /** Its record at kyc-antifraud. */
  @IsUUID() guarantorRecordId!: string;
  /** Consents of its own, under which outside sources may be asked about it. */
  @IsListOf(() => ConsentRef, 10) consents!: ConsentRef[];
}

/** A guarantee that its guarantor has signed before the loan was paid out, as the contract of guarantee says. */
export class AgreedGuarantee {
  /** The guarantee, by the id that the partner has given its guarantor. */
  @IsUUID() guaranteeId!: string;
  /** The lender's own reference of the guarantor, one for all loans that it stands for. */
  @Matches(/^[A-Z0-9-]{4,40}$/) guarantorRef!: string;
  /** How it stands for the loan: beside the borrower (`joint`), or after it (`general`). */
  @IsIn(['joint', 'general']) kind!: 'joint' | 'general';
  /** Most that it pays. */
  @Matches(/^[1-9]\d{0,17}$/, { message: '$property must be more than zero minor units (fen) as a string' }) limitMinor!: string;
  /** Months after the maturity in which it can be asked to pay (G-EC-04). */
  @IsInt() @Min(1) @Max(600) periodMonths!: number;
  /** Hash of the contract of guarantee, which was signed. */
  @Matches(/^[0-9a-f]{64}$/) contractSha256!: string;
}

/** Most guarantors of one application. */
export const MAX_GUARANTORS = 5;
