import { TAX_CLASSES, IsUnsignedMinorUnits, type TaxClass } from '@millrace/contracts';
import { Type } from 'class-transformer';
import type { TradeTruth } from '../verification/trade-truth.js';
import { IsArray, IsBoolean, IsDateString, IsIn, IsInt, IsNumber, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';

// Replies as docs/provider-contract.md has them. Each is checked before anything reads it: a field that is missing must not look like "nothing bad found".

/** Identity verification: three factors, face against the id photo, liveness, device. */
export class IdentityReply {
  @IsBoolean() matched!: boolean;
  /** Similarity and liveness, 0 to 1. */
  @IsNumber() @Min(0) @Max(1) faceScore!: number;
  @IsNumber() @Min(0) @Max(1) livenessScore!: number;
  @IsOptional() @IsBoolean() deviceTampered?: boolean | null;
}

/** Business registry. */
export class RegistryReply {
  @IsIn(['active', 'suspended', 'revoked', 'deregistered', 'not_found']) status!: 'active' | 'suspended' | 'revoked' | 'deregistered' | 'not_found';
  @IsOptional() @IsString() @MaxLength(10) industryCode?: string | null;
  @IsOptional() @IsDateString() foundedOn?: string | null;
  @IsOptional() @IsString() legalRepresentativeName?: string | null;
  @IsOptional() @IsDateString() legalRepresentativeSince?: string | null;
  @IsBoolean() abnormalListed!: boolean;
  /** Invoice counterparties that share owners or managers with the firm. */
  @IsOptional() @IsArray() @IsString({ each: true }) relatedCounterparties?: string[];
}

/** Last year's statement, as filed with the tax authority. */
export class TaxStatement {
  @IsUnsignedMinorUnits() revenueMinor!: string;
  @IsInt() profitMarginBps!: number;
  @IsInt() growthBps!: number;
  @IsInt() inventoryDays!: number;
  @IsInt() receivableDays!: number;
  @IsInt() payableDays!: number;
  @IsInt() prepaidDays!: number;
  @IsInt() advanceReceiptDays!: number;
  @IsUnsignedMinorUnits() ownFundsMinor!: string;
  @IsUnsignedMinorUnits() existingLoansMinor!: string;
  @IsUnsignedMinorUnits() otherChannelsMinor!: string;
}

/** Tax bureau. */
export class TaxReply {
  @IsOptional() @IsIn(TAX_CLASSES) taxClass!: TaxClass | null;
  @IsOptional() @IsUnsignedMinorUnits() taxPaid12mMinor!: string | null;
  @IsOptional() @IsUnsignedMinorUnits() cfads12mMinor!: string | null;
  @IsOptional() @ValidateNested() @Type(() => TaxStatement) statement!: TaxStatement | null;
}

/** An ordered batch of invoices; what the batch says is added after it was read. */
export class InvoiceOrderReply {
  @IsString() @MaxLength(100) batchId!: string;
  @Matches(/^[0-9a-f]{64}$/) sha256!: string;
  @IsInt() @Min(0) invoiceCount!: number;
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/) referenceMonth!: string;
}

/** What is kept of an ordered batch: its reference and what it says. */
export interface InvoicesBody {
  readonly order: InvoiceOrderReply;
  /** Lines that were no invoices, left out of every figure. */
  readonly badRows: number;
  readonly truth: Omit<TradeTruth, 'invoicedRevenue12mMinor'> & { readonly invoicedRevenue12mMinor: string };
}

/** Bodies by source, as they are stored. */
export interface Replies {
  identity?: IdentityReply;
  registry?: RegistryReply;
  tax?: TaxReply;
  invoices?: InvoicesBody;
  watchlist?: WatchlistReply;
  courts?: CourtsReply;
  enterprise_bureau?: EnterpriseBureauReply;
  personal_bureau?: PersonalBureauReply;
}

/** Sanctions, special-measure and other watch lists. */
export class WatchlistReply {
  @IsIn(['clear', 'possible', 'hit']) outcome!: 'clear' | 'possible' | 'hit';
}

/** Courts and enforcement. */
export class CourtsReply {
  @IsBoolean() dishonestDebtor!: boolean;
  @IsInt() @Min(0) enforcementCases!: number;
}

/** Credit bureau, on the firm. */
export class EnterpriseBureauReply {
  @IsBoolean() recordFound!: boolean;
  @IsOptional() @IsBoolean() overdueNow!: boolean | null;
  @IsOptional() @IsUnsignedMinorUnits() totalDebtMinor!: string | null;
  @IsOptional() @IsUnsignedMinorUnits() unsecuredDebtMinor!: string | null;
  @IsOptional() @IsInt() @Min(0) lenderCount!: number | null;
}

/** Credit bureau, on the legal representative. */
export class PersonalBureauReply {
  @IsBoolean() recordFound!: boolean;
  @IsOptional() @IsBoolean() overdueNow!: boolean | null;
}
