import { IsBoolean, IsIn, IsInt, IsRFC3339, IsUUID, Matches, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { IsOpenEnum, type OpenEnum } from './open-enum.js';
import { TOPICS } from './topics.js';

/** What an uploaded file is said to be, each with its meaning. */
export const EVIDENCE_KINDS = {
  registration: 'Business licence, articles, or another paper of the register.',
  identity: 'A document of a person, or what shows who somebody is.',
  bank_statement: 'Statements of a bank account.',
  tax: 'Tax returns, or proof of tax paid.',
  invoice: 'Invoices, or a list of them.',
  trade_contract: 'A contract, an order or a quotation: what the money is for, and who is paid.',
  property: 'Proof of property, or of what is pledged.',
  photo: 'Photographs, of premises or of goods.',
  visit_report: 'Report of a visit by the lender.',
  other: 'Anything else.',
} as const;
export type EvidenceKind = keyof typeof EVIDENCE_KINDS;

/** Files of one application, at most: more than any case needs, so that nobody can fill the store with one. */
export const MAX_EVIDENCE_FILES = 50;

/** Whether a virus scanner has seen a file; one that it refuses is not kept. */
export const EVIDENCE_SCANS = { clean: 'A virus scanner found nothing.', unscanned: 'The lender has no virus scanner set: open it with care.' } as const;
export type EvidenceScan = keyof typeof EVIDENCE_SCANS;

@Event({
  type: `${EVENT_NAMESPACE}.loan-application.evidence-added`,
  producer: 'loan-application',
  version: 1,
  topic: TOPICS.loanApplication,
  keyField: 'applicationId',
  summary: 'A file was added to the application; the file itself is at kyc-antifraud (R-AP-03).',
})
export class EvidenceAdded extends DomainEvent<EvidenceAdded> {
  @IsUUID() applicationId!: string;
  /** The file, by the id that its sender has made. */
  @IsUUID() evidenceId!: string;
  /** What the sender says that it is. */
  @IsOpenEnum(Object.keys(EVIDENCE_KINDS)) kind!: OpenEnum<EvidenceKind>;
  /** SHA-256 of the file. */
  @Matches(/^[0-9a-f]{64}$/) sha256!: string;
  /** Size of the file in bytes. */
  @IsInt() @Min(1) bytes!: number;
  /** Whether a virus scanner has seen it. */
  @IsIn(Object.keys(EVIDENCE_SCANS)) scan!: EvidenceScan;
  /** True where the lender's staff have added it, false for the partner. */
  @IsBoolean() byStaff!: boolean;
  /** When it was added. */
  @IsRFC3339() addedAt!: string;
}
