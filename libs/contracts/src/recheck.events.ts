import { IsOptional, IsRFC3339, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event, type EventVisibility } from './event.js';
import { TOPICS } from './topics.js';

const of = (type: string, summary: string, visibleTo: EventVisibility = 'nobody') => ({
  type: `${EVENT_NAMESPACE}.loan-application.${type}`,
  producer: 'loan-application',
  version: 1,
  topic: TOPICS.loanApplication,
  summary,
  visibleTo,
});

@Event({
  ...of('recheck-requested', 'Before the money leaves, kyc-antifraud is to look again at whatever it was told too long ago (R-DB-01); it alone acts on this.'),
  keyField: 'applicationId' as const,
})
export class RecheckRequested extends DomainEvent<RecheckRequested> {
  @IsUUID() applicationId!: string;
  /** The re-check, by our own id: what comes of it names it. */
  @IsUUID() recheckId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  @IsString() @MaxLength(64) policyVersion!: string;
}

@Event({
  ...of('facility-frozen', 'Nothing more is paid out to a firm, until a risk officer says so (R-DB-01); disbursement refuses what is ordered meanwhile.'),
  keyField: 'storyId' as const,
})
export class FacilityFrozen extends DomainEvent<FacilityFrozen> {
  /** One for all that happens to the firm's facilities, so that it is heard in order. */
  @IsUUID() storyId!: string;
  /** The change, by the id that who made it has drawn. */
  @IsUUID() facilityChangeId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  @IsString() @MaxLength(18) uscc!: string;
  /** Application whose re-check led to it, or at which a person came to it. */
  @IsOptional() @IsUUID() applicationId?: string;
  /** Why, as far as ordinary services may know it. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) reasonCode!: string;
  /** When. */
  @IsRFC3339() changedAt!: string;
}

@Event({
  ...of('facility-unfrozen', 'A risk officer lets a firm be paid again.'),
  keyField: 'storyId' as const,
})
export class FacilityUnfrozen extends DomainEvent<FacilityUnfrozen> {
  /** As in FacilityFrozen. */
  @IsUUID() storyId!: string;
  /** The change, by the id that who made it has drawn. */
  @IsUUID() facilityChangeId!: string;
  @IsString() @MaxLength(64) tenantId!: string;
  @IsString() @MaxLength(18) uscc!: string;
  /** Why, as the person has said. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) reasonCode!: string;
  /** When. */
  @IsRFC3339() changedAt!: string;
}

@Event({
  ...of('drawdown-expired', 'The payment was not authorised in time: no money leaves, and the contract is void (M-DR-07).', 'partners'),
  keyField: 'applicationId' as const,
})
export class DrawdownExpired extends DomainEvent<DrawdownExpired> {
  @IsUUID() applicationId!: string;
  /** The drawdown that has ended. */
  @IsUUID() drawdownId!: string;
}
