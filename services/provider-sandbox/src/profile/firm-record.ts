import { IsMinorUnits, IsUnsignedMinorUnits, TAX_CLASSES, type TaxClass } from '@millrace/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsDate, IsIntBetween, IsObjectOf, IsResidentIdForm, Settable } from './profile-rules.js';

/** Registry's word on a firm. */
export const REGISTRY_STATUSES = ['active', 'suspended', 'revoked', 'deregistered'] as const;
export type RegistryStatus = (typeof REGISTRY_STATUSES)[number];

/** Kinds of watch lists. */
export const LISTS = ['sanctions', 'special_measures', 'dishonest_debtor'] as const;
export type ListName = (typeof LISTS)[number];

export class Person {
  @Settable() @IsString() @IsNotEmpty() @MaxLength(60) name!: string;
  @Settable() @IsResidentIdForm() idNumber!: string;
  @Settable() @Matches(/^1[3-9]\d{9}$/, { message: 'mobile must be a mainland mobile number of 11 digits' }) mobile!: string;
}

export class BankAccount {
  @Settable() @IsString() @IsNotEmpty() @MaxLength(120) accountName!: string;
  @Settable() @Matches(/^\d{8,32}$/, { message: 'accountNumber must be 8 to 32 digits' }) accountNumber!: string;
}

export class Owner {
  @IsString() @IsNotEmpty() @MaxLength(60) name!: string;
  @IsResidentIdForm() idNumber!: string;
  @IsIntBetween(1, 100) sharePercent!: number;
}

/** What a firm stated to the tax bureau; days are turnover days of the official working-capital annex (G-WC-10). */
export class TaxStatement {
  @Settable() @IsMinorUnits() cfads12mMinor!: string;
  @Settable() @IsMinorUnits() ownFundsMinor!: string;
  @Settable() @IsIntBetween(-10_000, 10_000) profitMarginBps!: number;
  @Settable() @IsIntBetween(-10_000, 100_000) growthBps!: number;
  @Settable() @IsIntBetween(0, 3_600) inventoryDays!: number;
  @Settable() @IsIntBetween(0, 3_600) receivableDays!: number;
  @Settable() @IsIntBetween(0, 3_600) payableDays!: number;
  @Settable() @IsIntBetween(0, 3_600) prepaidDays!: number;
  @Settable() @IsIntBetween(0, 3_600) advanceDays!: number;
  @Settable() @IsUnsignedMinorUnits() workingCapitalLoansMinor!: string;
  @Settable() @IsUnsignedMinorUnits() otherChannelsMinor!: string;
  @Settable() @IsUnsignedMinorUnits() revenuePriorYearMinor!: string;
}

/** Everything that the outside parties know of a firm, made or from a data folder. Amounts in fen. */
export class FirmRecord {
  @Settable() @IsString() @IsNotEmpty() @MaxLength(120) name!: string;
  @Settable() @IsObjectOf(() => Person) legalRepresentative!: Person;
  @Settable() @IsObjectOf(() => BankAccount) bankAccount!: BankAccount;

  // What an applicant would say of itself.
  @Settable() @IsUnsignedMinorUnits() declaredRevenueMinor!: string;
  @Settable() @IsUnsignedMinorUnits() requestedAmountMinor!: string;
  @Settable() @IsIntBetween(1, 120) tenorMonths!: number;

  // Business registry.
  @Settable() @IsIn(REGISTRY_STATUSES) status!: RegistryStatus;
  @Settable() @IsDate() establishedOn!: string;
  @Settable() @Matches(/^[A-T]\d{2,4}$/, { message: 'industryCode must be a GB/T 4754 code, such as C33 or F5173' }) industryCode!: string;
  @Settable() @Matches(/^\d{6}$/, { message: 'region must be 6 digits' }) region!: string;
  @Settable() @IsUnsignedMinorUnits() registeredCapitalMinor!: string;
  @Settable() @IsDate() legalRepresentativeSince!: string;
  @Settable() @IsBoolean() abnormalListed!: boolean;
  @Settable() @IsBoolean() seriousViolation!: boolean;
  @Settable() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => Owner) owners!: Owner[];
  @Settable() @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) @MaxLength(40, { each: true }) relatedCounterparties!: string[];

  // Identity and liveness of the legal representative; a match also needs that what is asked about is right.
  @Settable() @IsBoolean() nameMatched!: boolean;
  @Settable() @IsBoolean() idMatched!: boolean;
  @Settable() @IsBoolean() phoneMatched!: boolean;
  @Settable() @IsNumber() @Min(0) @Max(1) faceScore!: number;
  @Settable() @IsNumber() @Min(0) @Max(1) livenessScore!: number;
  @Settable() @IsBoolean() deviceTampered!: boolean;

  // Credit bureau, on the firm and on the legal representative.
  @Settable() @IsBoolean() bureauFound!: boolean;
  @Settable() @IsUnsignedMinorUnits() totalDebtMinor!: string;
  @Settable() @IsUnsignedMinorUnits() unsecuredDebtMinor!: string;
  @Settable() @IsIntBetween(0, 100) lenderCount!: number;
  @Settable() @IsIntBetween(0, 3_650) maxOverdueDays!: number;
  @Settable() @IsBoolean() overdueNow!: boolean;
  @Settable() @IsBoolean() ownerBureauFound!: boolean;
  @Settable() @IsBoolean() ownerOverdueNow!: boolean;
  @Settable() @IsIntBetween(0, 3_650) ownerMaxOverdueDays!: number;

  // Tax bureau.
  @Settable() @IsIn(TAX_CLASSES) taxClass!: TaxClass;
  @Settable() @IsUnsignedMinorUnits() taxPaid12mMinor!: string;
  @Settable() @IsUnsignedMinorUnits() arrearsMinor!: string;
  @Settable() @IsUnsignedMinorUnits() declaredAnnualRevenueMinor!: string;
  /** Null: the firm filed none. */
  @ValidateIf((_object, value) => value !== undefined && value !== null) @ValidateNested() @Type(() => TaxStatement) statement!: TaxStatement | null;
  /** For so many seconds after the firm was made the bureau is away where it is asked about this firm, and for no other; absent in firms of before. */
  @Settable() @IsIntBetween(0, 31_536_000) taxAnswersAfterSeconds?: number;

  /** For so many seconds after the firm was made the invoice platform lacks one month of it, and says so; absent in firms of before. */
  @Settable() @IsIntBetween(0, 31_536_000) lateInvoiceMonthSeconds?: number;

  // Courts and lists.
  @Settable() @IsBoolean() dishonestDebtor!: boolean;
  @Settable() @IsBoolean() legalRepresentativeDishonest!: boolean;
  @Settable() @IsIntBetween(0, 10_000) enforcementCases!: number;
  @Settable() @IsUnsignedMinorUnits() enforcementAmountMinor!: string;
  /** Open cases against owners and the legal representative. */
  @Settable() @IsIntBetween(0, 10_000) ownerEnforcementCases!: number;
  /** Lists that the firm stands on. */
  @Settable() @IsArray() @ArrayUnique() @IsIn(LISTS, { each: true }) watchlists!: ListName[];
  /** Lists that its legal representative stands on. */
  @Settable() @IsArray() @ArrayUnique() @IsIn(LISTS, { each: true }) legalRepresentativeWatchlists!: ListName[];

  @Settable() @IsBoolean() declinesSignature!: boolean;
}

/** What courts and lists say of a firm of which they know nothing. */
export const NOTHING_FOUND = {
  dishonestDebtor: false,
  legalRepresentativeDishonest: false,
  enforcementCases: 0,
  enforcementAmountMinor: '0',
  ownerEnforcementCases: 0,
  watchlists: [],
  legalRepresentativeWatchlists: [],
} satisfies Partial<FirmRecord>;
