import { readdirSync, readFileSync } from 'node:fs';
import { Type } from 'class-transformer';
import { plainToInstance } from 'class-transformer';
import { IsArray, IsDefined, IsIn, IsInt, IsString, Matches, Max, Min, ValidateNested, validateSync } from 'class-validator';
import 'reflect-metadata';
import { InvoiceParameters } from './invoice-parameters.js';
import { LimitParameters } from './limit-parameters.js';
import { RiskIndexParameters } from './risk-index-parameters.js';

/** Licences with their own limits (domain: the structural decision); a pack is chosen by this (R-LG-01). */
export const LENDER_TYPES = ['bank', 'online_microloan', 'local_microloan'] as const;
export type LenderType = (typeof LENDER_TYPES)[number];

const MINOR = /^(0|[1-9]\d{0,17})$/;

/** The lender's size and its limits per borrower (G-ML-01, G-ML-03). */
export class LenderParameters {
  @Matches(MINOR) priorYearNetAssetsMinor!: string;
  /** Most of the net assets that one borrower may owe. */
  @IsInt() @Min(0) @Max(10_000) singleBorrowerCapBps!: number;
  @Matches(MINOR) obligorCapMinor!: string;
}

/** Approval matrix (domain §4.5). */
export class ApprovalParameters {
  @Matches(MINOR) autoMaxMinor!: string;
  @IsArray() @IsString({ each: true }) autoGrades!: string[];
  @Matches(MINOR) singleMaxMinor!: string;
  @IsString() singleLowerGrade!: string;
  @Matches(MINOR) singleLowerGradeMaxMinor!: string;
  @IsString() committeeLowerGrade!: string;
  @IsArray() @IsString({ each: true }) rejectGrades!: string[];
  @IsInt() autoMinRiskIndex!: number;
  @IsInt() rejectRiskIndexBelow!: number;
  @IsInt() autoMaxLenders!: number;
  @IsInt() fraudGreenBelow!: number;
  @IsInt() fraudRedFrom!: number;
}

/** Parts of the risk-based price (domain §3.5) and the cap on the all-in cost (G-PR-03). */
export class PriceParameters {
  @IsInt() allInCapBps!: number;
  /** Which rate is held against the cap; the effective one by default (domain §3.6). */
  @IsIn(['effective', 'nominal']) capTest!: 'effective' | 'nominal';
  @IsInt() ftpBps!: number;
  @IsInt() operatingCostBps!: number;
  @IsInt() lgdBps!: number;
  @IsInt() riskWeightBps!: number;
  @IsInt() capitalRatioBps!: number;
  @IsInt() hurdleBps!: number;
  @IsInt() marginBps!: number;
  @IsInt() subsidyBps!: number;
  @IsInt() loyaltyBps!: number;
  @IsInt() roundUpToBps!: number;
}

/** How long each stage may wait (domain §4.1). */
export class DeadlineParameters {
  @IsInt() @Min(1) verificationHours!: number;
  @IsInt() @Min(1) scoringHours!: number;
  @IsInt() @Min(1) reviewBusinessDays!: number;
  @IsInt() @Min(1) offerDays!: number;
  /** How long a score carries an offer; an older one does not. */
  @IsInt() @Min(1) scoreDays!: number;
  @IsInt() @Min(1) contractDays!: number;
  @IsInt() @Min(1) disbursementReviewBusinessDays!: number;
}

/** How long after a refusal the same firm may not apply again. */
export class CoolingOffParameters {
  @IsInt() @Min(0) fraudDays!: number;
  @IsInt() @Min(0) otherDays!: number;
}

/** How old what the applicant has agreed to may be (R-LE-01). */
export class ConsentParameters {
  /** Days from the grant of a consent to the submission that rests on it; an older grant was given to something else. */
  @IsInt() @Min(1) @Max(3_650) maxAgeDays!: number;
}

/** What an applicant may do whose identity did not match: a typing error is no fraud (R-CR-04). */
export class IdentityParameters {
  /** Applications of a firm that are declined for an unproven identity, without any wait, before a person looks at the next one. */
  @IsInt() @Min(1) @Max(20) triesBeforePerson!: number;
  /** Days in which those tries are counted. */
  @IsInt() @Min(1) @Max(365) tryWindowDays!: number;
}

/** Allocation of repayments (domain §3.6). */
export class RepaymentParameters {
  @IsInt() principalFirstOverDpd!: number;
  @IsInt() graceDays!: number;
  /** A transfer is held for two persons where it is more than so many times what the loan still owes. */
  @IsInt() @Min(1) @Max(100) holdAboveOwedMultiple!: number;
}

/** Handling of payments (S13). */
export class PaymentParameters {
  /** Waits before each further question about an unknown outcome; the last one repeats. */
  @IsArray() @IsInt({ each: true }) unknownQuerySeconds!: number[];
}

/** Every limit, rate, threshold and deadline of one licence, as dated and cited data (design §7). */
export class PolicyPack {
  @IsString() version!: string;
  @IsIn(LENDER_TYPES) lenderType!: LenderType;
  /** First business date on which new contracts use the pack; old contracts keep theirs. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) effectiveFrom!: string;
  @IsString() citation!: string;
  @ValidateNested() @Type(() => LenderParameters) lender!: LenderParameters;
  @ValidateNested() @Type(() => ApprovalParameters) approval!: ApprovalParameters;
  @ValidateNested() @Type(() => PriceParameters) price!: PriceParameters;
  @ValidateNested() @Type(() => LimitParameters) limit!: LimitParameters;
  @ValidateNested() @Type(() => RiskIndexParameters) riskIndex!: RiskIndexParameters;
  @ValidateNested() @IsDefined() @Type(() => InvoiceParameters) invoices!: InvoiceParameters;
  @ValidateNested() @Type(() => DeadlineParameters) deadlines!: DeadlineParameters;
  @ValidateNested() @Type(() => CoolingOffParameters) coolingOff!: CoolingOffParameters;
  @ValidateNested() @Type(() => ConsentParameters) @IsDefined() consent!: ConsentParameters;
  @ValidateNested() @Type(() => IdentityParameters) @IsDefined() identity!: IdentityParameters;
  @ValidateNested() @Type(() => RepaymentParameters) repayment!: RepaymentParameters;
  @ValidateNested() @Type(() => PaymentParameters) payment!: PaymentParameters;
}

const PACKS = new URL('../packs/', import.meta.url);
let loaded: readonly PolicyPack[] | undefined;

function readPacks(): readonly PolicyPack[] {
  return readdirSync(PACKS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const pack = plainToInstance(PolicyPack, JSON.parse(readFileSync(new URL(file, PACKS), 'utf8')));
      const [error] = validateSync(pack, { whitelist: true, forbidNonWhitelisted: true });
      if (error) throw new Error(`policy pack ${file}: ${error.toString()}`);
      return pack;
    });
}

/** Pack in force for a licence on a business date; throws where there is none. */
export function loadPolicyPack(lenderType: LenderType, onDate: string): PolicyPack {
  loaded ??= readPacks();
  const candidates = loaded
    .filter((pack) => pack.lenderType === lenderType && pack.effectiveFrom <= onDate)
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  const [current] = candidates;
  if (!current) throw new Error(`there is no policy pack for ${lenderType} on ${onDate}`);
  return current;
}

/** Pack by its version: what a contract was signed under stays readable for good. */
export function policyPackByVersion(version: string): PolicyPack {
  loaded ??= readPacks();
  const pack = loaded.find((candidate) => candidate.version === version);
  if (!pack) throw new Error(`there is no policy pack of version ${version}`);
  return pack;
}
