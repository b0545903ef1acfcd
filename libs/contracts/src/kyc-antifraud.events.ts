import { IsBoolean, IsIn, IsInt, IsOptional, IsRFC3339, IsUUID, Max, Min } from 'class-validator';
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
  /** Lower edge of the band that the fraud score lies in; the score itself stays at kyc-antifraud (R-LG-02). Events of earlier versions have the score. */
  @IsInt() @Min(0) @Max(1000) fraudScore!: number;
  @IsListOf(() => Finding, 50) findings!: Finding[];
  @IsNested(() => FirmFacts) facts!: FirmFacts;
  @IsOptional() @IsInt() @Min(2) @Max(99) round?: number;
}

@Event(of('referred', 'Something needs a person: a mismatch, an amber rule, or a source that stayed away.'))
export class KycReferred extends DomainEvent<KycReferred> {
  @IsUUID() applicationId!: string;
  /** Lower edge of the band that the fraud score lies in, as in KycPassed. */
  @IsInt() @Min(0) @Max(1000) fraudScore!: number;
  @IsListOf(() => Finding, 50) findings!: Finding[];
  @IsNested(() => FirmFacts) facts!: FirmFacts;
  @IsOptional() @IsInt() @Min(2) @Max(99) round?: number;
}

@Event(of('rejected', 'A hard rule or red fraud stops the application.'))
export class KycRejected extends DomainEvent<KycRejected> {
  @IsUUID() applicationId!: string;
  /** Zero: a refusal names no score. Events of earlier versions have the score. */
  @IsInt() @Min(0) @Max(1000) fraudScore!: number;
  /** Until when no further application of the firm is taken; null where one may come at once. Absent from events of earlier versions. */
  @IsOptional() @IsRFC3339() blockedUntil?: string | null;
  @IsListOf(() => Finding, 50) findings!: Finding[];
  /** Null where verification stopped before the firm's data could be fetched (no proven identity or no consent). */
  @IsOptional() @IsNested(() => FirmFacts) facts!: FirmFacts | null;
  @IsOptional() @IsInt() @Min(2) @Max(99) round?: number;
}

@Event(of('recheck-passed', 'Before the money leaves, nothing was found that was not known when the loan was decided (R-DB-01).'))
export class RecheckPassed extends DomainEvent<RecheckPassed> {
  @IsUUID() applicationId!: string;
  /** The re-check, as in RecheckRequested. */
  @IsUUID() recheckId!: string;
  /** What the sources say now: each with the day of its answer. */
  @IsNested(() => FirmFacts) facts!: FirmFacts;
  /** When the last source has answered. */
  @IsRFC3339() checkedAt!: string;
}

@Event(of('recheck-failed', 'Before the money leaves, something was found that was not known when the loan was decided, or a source stayed away (R-DB-01).'))
export class RecheckFailed extends DomainEvent<RecheckFailed> {
  @IsUUID() applicationId!: string;
  /** The re-check, as in RecheckRequested. */
  @IsUUID() recheckId!: string;
  /** What is new, as ordinary services may know it (R-LG-02). */
  @IsListOf(() => Finding, 50) findings!: Finding[];
  /** True where a hard rule forbids the payment, which no person may set aside. */
  @IsBoolean() stops!: boolean;
  /** What the sources say now; null where nothing can be asked. */
  @IsOptional() @IsNested(() => FirmFacts) facts!: FirmFacts | null;
  /** When the last source has answered. */
  @IsRFC3339() checkedAt!: string;
}

/** On a topic of its own, which no service reads (R-LG-02, G-AM-03): who works for compliance has a login for it. */
@Event({
  ...of('suspicion-raised', 'A verification found what points at fraud or at a list; for the lender’s compliance system alone.'),
  topic: TOPICS.kycAntifraudRestricted,
})
export class SuspicionRaised extends DomainEvent<SuspicionRaised> {
  @IsUUID() applicationId!: string;
  /** What became of the verification: a suspicion does not always stop it. */
  @IsIn(['pass', 'refer', 'reject']) outcome!: 'pass' | 'refer' | 'reject';
  /** The whole score, which ordinary events do not have. */
  @IsInt() @Min(0) @Max(1000) fraudScore!: number;
  /** Only what points at suspicion, under its own code. Names and entries of lists are not here: they are read at kyc-antifraud, where each look is kept. */
  @IsListOf(() => Finding, 50) findings!: Finding[];
}
