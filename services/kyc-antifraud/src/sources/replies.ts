import { IsCalendarDay, IsListOf, IsMinorUnits, IsNested, IsUnsignedMinorUnits, TAX_CLASSES, type TaxClass } from '@millrace/contracts';
import { IsArray, IsBoolean, IsIn, IsInt, IsNotEmpty, IsNumber, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import type { InvoiceFileReport } from '@millrace/invoices';
import type { TradeTruth } from '../verification/trade-truth.js';

// Replies as docs/provider-contract.md has them. Each is checked before anything reads it: a field that is missing must not look like "nothing bad found".

/** Identity verification: three factors, face against the id photo, liveness, device. */
export class IdentityReply {
  @IsBoolean() nameMatched!: boolean;
  @IsBoolean() idMatched!: boolean;
  @IsBoolean() phoneMatched!: boolean;
  /** Similarity and liveness, 0 to 1. */
  @IsNumber() @Min(0) @Max(1) faceScore!: number;
  @IsNumber() @Min(0) @Max(1) livenessScore!: number;
  @IsBoolean() deviceTampered!: boolean;
}

/** A natural person in the business registry. */
export class RegisteredPerson {
  @IsString() @IsNotEmpty() name!: string;
  @IsString() @IsNotEmpty() idNumber!: string;
}

/** An owner with a whole share; all shares sum to 100. */
export class RegisteredOwner extends RegisteredPerson {
  @IsInt() @Min(0) @Max(100) sharePercent!: number;
}

/** Business registry, on a firm that it knows. */
export class RegistryReply {
  @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
  @IsIn(['active', 'suspended', 'revoked', 'deregistered']) status!: 'active' | 'suspended' | 'revoked' | 'deregistered';
  @IsCalendarDay() establishedOn!: string;
  @IsString() @IsNotEmpty() @MaxLength(10) industryCode!: string;
  @IsUnsignedMinorUnits() registeredCapitalMinor!: string;
  @IsNested(() => RegisteredPerson) legalRepresentative!: RegisteredPerson;
  @IsCalendarDay() legalRepresentativeSince!: string;
  /** 经营异常名录. */
  @IsBoolean() abnormalListed!: boolean;
  /** 严重违法. */
  @IsBoolean() seriousViolation!: boolean;
  @IsListOf(() => RegisteredOwner, 200) owners!: RegisteredOwner[];
  /** Invoice counterparties that share owners or managers with the firm. */
  @IsArray() @IsString({ each: true }) relatedCounterparties!: string[];
}

/** The registry's 404 is an answer too: there is no firm with this code. */
export const NOT_REGISTERED = { status: 'not_found' } as const;

/** What is kept of the registry. */
export type RegistryBody = RegistryReply | typeof NOT_REGISTERED;

/** Last year's statement, as filed with the tax authority. */
export class TaxStatement {
  /** Cash flow available for debt service; negative for a firm that burns cash. */
  @IsMinorUnits() cfads12mMinor!: string;
  @IsMinorUnits() ownFundsMinor!: string;
  @IsInt() profitMarginBps!: number;
  @IsInt() growthBps!: number;
  @IsInt() inventoryDays!: number;
  @IsInt() receivableDays!: number;
  @IsInt() payableDays!: number;
  @IsInt() prepaidDays!: number;
  @IsInt() advanceDays!: number;
  @IsUnsignedMinorUnits() workingCapitalLoansMinor!: string;
  @IsUnsignedMinorUnits() otherChannelsMinor!: string;
  @IsUnsignedMinorUnits() revenuePriorYearMinor!: string;
}

/** Tax bureau. */
export class TaxReply {
  @IsIn(TAX_CLASSES) taxClass!: TaxClass;
  @IsUnsignedMinorUnits() taxPaid12mMinor!: string;
  @IsUnsignedMinorUnits() arrearsMinor!: string;
  @IsUnsignedMinorUnits() declaredAnnualRevenueMinor!: string;
  /** Null for a firm that filed none; a reply without the field is no answer. */
  @ValidateIf((reply: TaxReply) => reply.statement !== null) @IsNested(() => TaxStatement) statement!: TaxStatement | null;
}

/** An ordered batch of invoices, with the last month that the provider has of the firm; what the batch says is added after it was read. */
export class InvoiceOrderReply {
  @IsString() @IsNotEmpty() @MaxLength(100) batchId!: string;
  @Matches(/^[0-9a-f]{64}$/) sha256!: string;
  @IsInt() @Min(0) invoiceCount!: number;
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/) referenceMonth!: string;
}

/** What is kept of an ordered batch: its reference and what it says. */
export interface InvoicesBody {
  readonly order: InvoiceOrderReply;
  /** Lines that were no invoices, left out of every figure. */
  readonly badRows: number;
  /** Business date of the reading; absent, as the two fields behind it, from what was read by the rules of feature set v1. */
  readonly asOf?: string;
  /** Last full month before the submission: what every window ends with. */
  readonly referenceMonth?: string;
  /** What the file's lines are worth, by kind. */
  readonly report?: InvoiceFileReport;
  readonly truth: Omit<TradeTruth, 'invoicedRevenue12mMinor' | 'staleMonths'> & {
    readonly invoicedRevenue12mMinor: string;
    readonly staleMonths?: number | null;
  };
}

/** A subject that resembles an entry of a list. */
export class WatchlistHit {
  @IsInt() @Min(0) subjectIndex!: number;
  @IsIn(['sanctions', 'special_measures', 'dishonest_debtor']) list!: 'sanctions' | 'special_measures' | 'dishonest_debtor';
  /** 1 for an identifier or the exact name, 0.95 for an alias, less for a resemblance. */
  @IsNumber() @Min(0) @Max(1) matchScore!: number;
  /** Name on the list; for the role `compliance` alone. */
  @IsOptional() @IsString() @MaxLength(300) listedName?: string | null;
}

/** Sanctions, special-measure and other watch lists. */
export class WatchlistReply {
  @IsListOf(() => WatchlistHit, 1_000) hits!: WatchlistHit[];
}

/** Courts and enforcement. */
export class CourtsReply {
  /** 失信被执行人, the firm. */
  @IsBoolean() dishonestDebtor!: boolean;
  @IsBoolean() legalRepresentativeDishonest!: boolean;
  /** Open cases (被执行人). */
  @IsInt() @Min(0) enforcementCases!: number;
  @IsUnsignedMinorUnits() enforcementAmountMinor!: string;
}

const recordFound = ({ found }: { found: boolean }): boolean => found;

/** Credit bureau, on the legal representative; without a record every figure is null. */
export class PersonalBureauReply {
  @IsBoolean() found!: boolean;
  @ValidateIf(recordFound) @IsBoolean() overdueNow!: boolean | null;
  @ValidateIf(recordFound) @IsInt() @Min(0) maxOverdueDays!: number | null;
}

/** Credit bureau, on the firm. */
export class EnterpriseBureauReply extends PersonalBureauReply {
  @ValidateIf(recordFound) @IsUnsignedMinorUnits() totalDebtMinor!: string | null;
  @ValidateIf(recordFound) @IsUnsignedMinorUnits() unsecuredDebtMinor!: string | null;
  @ValidateIf(recordFound) @IsInt() @Min(0) lenderCount!: number | null;
}

/** Bodies by source, as they are stored. */
export interface Replies {
  readonly identity?: IdentityReply;
  readonly registry?: RegistryBody;
  readonly tax?: TaxReply;
  readonly invoices?: InvoicesBody;
  readonly watchlist?: WatchlistReply;
  readonly courts?: CourtsReply;
  readonly enterprise_bureau?: EnterpriseBureauReply;
  readonly personal_bureau?: PersonalBureauReply;
}

/** The registry's entry of the firm; undefined where the registry has not answered, or knows no such firm. */
export function registeredFirm({ registry }: Pick<Replies, 'registry'>): RegistryReply | undefined {
  return registry && registry.status !== 'not_found' ? registry : undefined;
}
