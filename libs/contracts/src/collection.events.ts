import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { DomainEvent, Event } from './event.js';
import { COLLECTION_STAGES, type CollectionStage } from './facts.js';
import { IsUnsignedMinorUnits } from './money.js';
import { ofLoan } from './of-loan.js';
import { IsOpenEnum, type OpenEnum } from './open-enum.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MAX_DPD = 100_000;

@Event(ofLoan('collection-stage-changed', 'The loan is pursued in another way than before, or not any more.'))
export class CollectionStageChanged extends DomainEvent<CollectionStageChanged> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
  /** Calendar days past due on that day. */
  @IsInt() @Min(0) @Max(MAX_DPD) dpd!: number;
  /** How it is pursued; absent where it is not late any more. */
  @IsOptional() @IsIn(COLLECTION_STAGES) stage?: CollectionStage;
  /** How it was pursued; absent where it was not late. */
  @IsOptional() @IsIn(COLLECTION_STAGES) stageBefore?: CollectionStage;
}

@Event(ofLoan('collection-case-opened', 'The loan is late: from now on people may work on its arrears as a case.'))
export class CollectionCaseOpened extends DomainEvent<CollectionCaseOpened> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The arrears, from the day on which the loan became late to the day on which they are gone. */
  @IsUUID() caseId!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
}

@Event(ofLoan('collection-case-closed', 'The arrears are gone: the case is closed.'))
export class CollectionCaseClosed extends DomainEvent<CollectionCaseClosed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The arrears, from the day on which the loan became late to the day on which they are gone. */
  @IsUUID() caseId!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
}

/** Ways in which somebody is spoken to about arrears. */
export const CONTACT_CHANNELS = ['message', 'call', 'visit', 'letter'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** Who may be spoken to about arrears, and nobody else. */
export const CONTACT_PARTIES = ['debtor', 'guarantor'] as const;
export type ContactParty = (typeof CONTACT_PARTIES)[number];

/** Who speaks. */
export const CONTACT_MAKERS = ['lender', 'agency'] as const;
export type ContactMaker = (typeof CONTACT_MAKERS)[number];

/** Why a contact was not allowed. */
export const CONTACT_BLOCKS = ['OUTSIDE_HOURS', 'DAILY_LIMIT', 'PARTY_UNKNOWN'] as const;
export type ContactBlock = (typeof CONTACT_BLOCKS)[number];

@Event(ofLoan('collection-contact-logged', 'Somebody is spoken to about arrears: the contact was allowed and counts for its day.'))
export class CollectionContactLogged extends DomainEvent<CollectionContactLogged> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The arrears, from the day on which the loan became late to the day on which they are gone. */
  @IsUUID() caseId!: string;
  /** The contact or the try, by the id that was made for it. */
  @IsUUID() contactId!: string;
  /** How the party is spoken to. */
  @IsOpenEnum(CONTACT_CHANNELS) channel!: OpenEnum<ContactChannel>;
  /** Who is spoken to. */
  @IsOpenEnum(CONTACT_PARTIES) party!: OpenEnum<ContactParty>;
  /** By whom: the lender itself, or the agency that has the case. */
  @IsOpenEnum(CONTACT_MAKERS) madeBy!: OpenEnum<ContactMaker>;
}

@Event(ofLoan('collection-contact-blocked', 'Somebody wanted to speak to a party about arrears and was not allowed to; nobody was spoken to.'))
export class CollectionContactBlocked extends DomainEvent<CollectionContactBlocked> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The arrears, from the day on which the loan became late to the day on which they are gone. */
  @IsUUID() caseId!: string;
  /** The contact or the try, by the id that was made for it. */
  @IsUUID() contactId!: string;
  /** How the party is spoken to. */
  @IsOpenEnum(CONTACT_CHANNELS) channel!: OpenEnum<ContactChannel>;
  /** Who is spoken to. */
  @IsOpenEnum(CONTACT_PARTIES) party!: OpenEnum<ContactParty>;
  /** By whom: the lender itself, or the agency that has the case. */
  @IsOpenEnum(CONTACT_MAKERS) madeBy!: OpenEnum<ContactMaker>;
  /** The rule that forbids it. */
  @IsOpenEnum(CONTACT_BLOCKS) block!: OpenEnum<ContactBlock>;
}

@Event(ofLoan('collection-promise-made', 'A party promises to pay arrears by a day.'))
export class CollectionPromiseMade extends DomainEvent<CollectionPromiseMade> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The arrears that it is about. */
  @IsUUID() caseId!: string;
  /** The promise, by the id that was made for it. */
  @IsUUID() promiseId!: string;
  /** What is to be paid. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  /** Last day on which it is in time. */
  @Matches(DATE) payBy!: string;
}

@Event(ofLoan('collection-promise-kept', 'What was promised has come, or the arrears are gone.'))
export class CollectionPromiseKept extends DomainEvent<CollectionPromiseKept> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The arrears that it is about. */
  @IsUUID() caseId!: string;
  /** The promise, by the id that was made for it. */
  @IsUUID() promiseId!: string;
  /** What was to be paid. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  /** Last day on which it was in time. */
  @Matches(DATE) payBy!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
}

@Event(ofLoan('collection-promise-broken', 'The day of a promise has ended without the money.'))
export class CollectionPromiseBroken extends DomainEvent<CollectionPromiseBroken> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The arrears that it is about. */
  @IsUUID() caseId!: string;
  /** The promise, by the id that was made for it. */
  @IsUUID() promiseId!: string;
  /** What was to be paid. */
  @IsUnsignedMinorUnits() amountMinor!: string;
  /** Last day on which it was in time. */
  @Matches(DATE) payBy!: string;
  /** Business date for which it is told. */
  @Matches(DATE) on!: string;
}
