import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { Finding, FirmFacts } from './facts.js';
import { IsListOf, IsNested } from './nested.js';
import { TOPICS } from './topics.js';

const of = (type: string, summary: string) => ({
  type: `${EVENT_NAMESPACE}.kyc-antifraud.${type}`,
  producer: 'kyc-antifraud',
  version: 1,
  topic: TOPICS.kycAntifraud,
  keyField: 'applicationId' as const,
  summary,
});

@Event(of('passed', 'Verification is clean: identity, registry, lists, tax and invoices agree.'))
export class KycPassed extends DomainEvent<KycPassed> {
  @IsUUID() applicationId!: string;
  /** 0–299 green (domain §3.9). */
  @IsInt() @Min(0) @Max(1000) fraudScore!: number;
  @IsListOf(() => Finding, 50) findings!: Finding[];
  @IsNested(() => FirmFacts) facts!: FirmFacts;
}

@Event(of('referred', 'Something needs a person: a mismatch, an amber rule, or a source that stayed away.'))
export class KycReferred extends DomainEvent<KycReferred> {
  @IsUUID() applicationId!: string;
  @IsInt() @Min(0) @Max(1000) fraudScore!: number;
  @IsListOf(() => Finding, 50) findings!: Finding[];
  @IsNested(() => FirmFacts) facts!: FirmFacts;
}

@Event(of('rejected', 'A hard rule or red fraud stops the application.'))
export class KycRejected extends DomainEvent<KycRejected> {
  @IsUUID() applicationId!: string;
  @IsInt() @Min(0) @Max(1000) fraudScore!: number;
  @IsListOf(() => Finding, 50) findings!: Finding[];
  /** Null where verification stopped before the firm's data could be fetched (no proven identity or no consent). */
  @IsOptional() @IsNested(() => FirmFacts) facts!: FirmFacts | null;
}
