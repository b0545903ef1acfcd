import { IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { TOPICS } from './topics.js';

// What people do about an application beside deciding on it; nobody outside the lender is told.
const of = (type: string, summary: string) => ({
  type: `${EVENT_NAMESPACE}.loan-application.${type}`,
  producer: 'loan-application',
  version: 1,
  topic: TOPICS.loanApplication,
  keyField: 'applicationId' as const,
  summary,
  visibleTo: 'nobody' as const,
});

@Event(of('sod-violation-blocked', 'A person was about to do what may not be done after what the person had done before; it was refused.'))
export class SodViolationBlocked extends DomainEvent<SodViolationBlocked> {
  @IsUUID() applicationId!: string;
  /** What the person was about to do, e.g. `approver`; see the table of duties. */
  @IsString() @MaxLength(30) duty!: string;
  /** What the person had done before, e.g. `accountManager`. */
  @IsString() @MaxLength(30) notAfter!: string;
  /** The member of staff, by the name of the login. */
  @IsString() @MaxLength(64) staffId!: string;
  /** The task that it was about; absent where there is none. */
  @IsOptional() @IsUUID() reviewTaskId?: string;
}

@Event(of('field-visit-planned', 'Somebody is to visit the firm before people decide on the loan.'))
export class FieldVisitPlanned extends DomainEvent<FieldVisitPlanned> {
  @IsUUID() applicationId!: string;
  /** The visit. */
  @IsUUID() visitId!: string;
  /** Who visits the firm, by the name of the login. */
  @IsString() @MaxLength(64) investigator!: string;
  /** The day of the visit. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) plannedOn!: string;
  /** The checklist that will be answered. */
  @IsString() @MaxLength(64) checklistVersion!: string;
}

@Event(of('field-visit-reported', 'The firm was visited, and the report is with whoever decides on the loan.'))
export class FieldVisitReported extends DomainEvent<FieldVisitReported> {
  @IsUUID() applicationId!: string;
  /** The visit. */
  @IsUUID() visitId!: string;
  /** Who has visited the firm, by the name of the login. */
  @IsString() @MaxLength(64) investigator!: string;
  /** The day of the visit. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) visitedOn!: string;
  /** The checklist that was answered. */
  @IsString() @MaxLength(64) checklistVersion!: string;
  /** Weighted share of the items that hold, of 100; null where none was applicable. */
  @IsOptional() @IsInt() @Min(0) @Max(100) score!: number | null;
  /** How many photos and documents come with it. */
  @IsInt() @Min(0) @Max(50) evidenceCount!: number;
}
