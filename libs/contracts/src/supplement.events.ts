import { IsIn, IsInt, IsRFC3339, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { IsListOf } from './nested.js';
import { IsOpenEnum, type OpenEnum } from './open-enum.js';
import { TOPICS } from './topics.js';

const of = (type: string, summary: string) => ({
  type: `${EVENT_NAMESPACE}.loan-application.${type}`,
  producer: 'loan-application',
  version: 1,
  topic: TOPICS.loanApplication,
  keyField: 'applicationId' as const,
  summary,
  visibleTo: 'partners' as const,
});

/** What an applicant may have corrected of what it has declared. */
export const CORRECTED_FIELDS = ['declaredRevenueMinor', 'companyName', 'industryCode'] as const;
export type CorrectedField = (typeof CORRECTED_FIELDS)[number];

/** What an applicant may be asked to mend: what it has declared, what a source has of it, or documents. */
export const ASKED_FIELDS = [...CORRECTED_FIELDS, 'invoices', 'taxRecords', 'documents'] as const;
export type AskedField = (typeof ASKED_FIELDS)[number];

/** One thing that is asked for, and why. */
export class AskedItem {
  /** What is to be mended. */
  @IsOpenEnum(ASKED_FIELDS) field!: OpenEnum<AskedField>;
  /** Why, as a code of the reasons. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) reasonCode!: string;
}

/** A declared value before and after; names of firms stand as hashes, as a trader's firm bears the trader's name. */
export class CorrectedValue {
  /** What was corrected. */
  @IsOpenEnum(CORRECTED_FIELDS) field!: OpenEnum<CorrectedField>;
  /** As it was declared before. */
  @IsString() @MaxLength(64) before!: string;
  /** As it is declared now. */
  @IsString() @MaxLength(64) after!: string;
}

@Event(of('supplement-requested', 'The applicant is asked to correct or add something, each thing with its reason (R-AP-08).'))
export class SupplementRequested extends DomainEvent<SupplementRequested> {
  @IsUUID() applicationId!: string;
  /** Which time it is asked. */
  @IsInt() @Min(1) @Max(20) round!: number;
  /** Who asks: the lender's checks by themselves, or a person. */
  @IsIn(['engine', 'person']) askedBy!: 'engine' | 'person';
  /** What is asked for. */
  @IsListOf(() => AskedItem, 20) items!: AskedItem[];
  @IsRFC3339() dueAt!: string;
}

@Event(of('supplement-answered', 'The applicant has answered what it was asked; the checks run again with the new facts.'))
export class SupplementAnswered extends DomainEvent<SupplementAnswered> {
  @IsUUID() applicationId!: string;
  /** The answer, by the id that the partner has made. */
  @IsUUID() supplementId!: string;
  /** The request that it answers. */
  @IsInt() @Min(1) @Max(20) round!: number;
  /** Documents that the answer names. */
  @IsUUID(undefined, { each: true }) evidenceIds!: string[];
}

@Event(of('supplement-lapsed', 'The applicant did not answer in time what it was asked: the application has expired, and the firm may apply again at once.'))
export class SupplementLapsed extends DomainEvent<SupplementLapsed> {
  @IsUUID() applicationId!: string;
  /** Until when an answer was waited for. */
  @IsRFC3339() dueAt!: string;
}

@Event(of('info-corrected', 'What the applicant has declared was corrected, with what it was before.'))
export class LoanApplicationInfoCorrected extends DomainEvent<LoanApplicationInfoCorrected> {
  @IsUUID() applicationId!: string;
  /** What brought the correction: the supplement, appeal or correction, by its id. */
  @IsUUID() correctionId!: string;
  /** On which occasion it was corrected. */
  @IsOpenEnum(['supplement', 'appeal', 'on_file']) occasion!: OpenEnum<'supplement' | 'appeal' | 'on_file'>;
  /** What was corrected. */
  @IsListOf(() => CorrectedValue, 10) corrected!: CorrectedValue[];
}
