import { IsIn, IsRFC3339, IsUUID, Matches } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { Reason } from './facts.js';
import { IsListOf } from './nested.js';
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

@Event(of('appeal-requested', 'The applicant wants a person to look at a refusal by the engine again (PIPL 24, G-PI-03).'))
export class AppealRequested extends DomainEvent<AppealRequested> {
  @IsUUID() applicationId!: string;
  /** The appeal, by the id that the partner has made. */
  @IsUUID() appealId!: string;
  /** Why the applicant appeals, as a code; its words stand in the documents. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) groundCode!: string;
  /** Documents that the appeal names. */
  @IsUUID(undefined, { each: true }) evidenceIds!: string[];
  /** Until when a person has to decide. */
  @IsRFC3339() dueAt!: string;
}

@Event(of('appeal-decided', 'A person has decided an appeal: the refusal stands for good, or the application goes to an approver.'))
export class AppealDecided extends DomainEvent<AppealDecided> {
  @IsUUID() applicationId!: string;
  /** The appeal, as in AppealRequested. */
  @IsUUID() appealId!: string;
  /** `upheld`: the refusal stands; `allowed`: another person decides on the loan. */
  @IsIn(['upheld', 'allowed']) outcome!: 'upheld' | 'allowed';
}

@Event(of('explanation-issued', 'The applicant is told what counted in a decision, its main reasons, and what would change it (PIPL 24, G-PI-03).'))
export class ExplanationIssued extends DomainEvent<ExplanationIssued> {
  @IsUUID() applicationId!: string;
  /** The appeal that it answers. */
  @IsUUID() appealId!: string;
  /** Kinds of data that counted. */
  @IsListOf(() => Reason, 20) counted!: Reason[];
  /** The main reasons, as the applicant may be told them. */
  @IsListOf(() => Reason, 30) reasons!: Reason[];
  /** What would change the decision. */
  @IsListOf(() => Reason, 20) wouldChange!: Reason[];
}
