import { IsIn, IsUUID, Matches } from 'class-validator';
import { CONTACT_PARTIES, type ContactParty } from './collection.events.js';
import { DomainEvent, Event } from './event.js';
import { ofLoan } from './of-loan.js';
import { IsOpenEnum, type OpenEnum } from './open-enum.js';

/** How the notice provider delivers. */
export const NOTICE_DELIVERIES = ['message', 'letter'] as const;
export type NoticeDelivery = (typeof NOTICE_DELIVERIES)[number];

@Event(ofLoan('notice-served', 'The notice provider has delivered a message or a letter to the borrower or a guarantor.'))
export class NoticeServed extends DomainEvent<NoticeServed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The notice, by the id that is the provider’s key of it. */
  @IsUUID() noticeId!: string;
  /** The letter that it delivers. */
  @IsUUID() letterId!: string;
  /** What it is, as the letters of the API name it. */
  @Matches(/^[a-z][a-z_]{0,39}$/) kind!: string;
  /** How it was delivered. */
  @IsOpenEnum(NOTICE_DELIVERIES) channel!: OpenEnum<NoticeDelivery>;
  /** To whom. */
  @IsIn(CONTACT_PARTIES) party!: ContactParty;
  /** Business date on which the provider’s word came in. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) servedOn!: string;
}

@Event(ofLoan('notice-failed', 'A message or a letter was not sent, as a rule forbids it or its time was over, or could not be delivered.'))
export class NoticeFailed extends DomainEvent<NoticeFailed> {
  @IsUUID() applicationId!: string;
  @IsUUID() loanId!: string;
  /** The notice, by the id that is the provider’s key of it. */
  @IsUUID() noticeId!: string;
  /** The letter that was to be delivered. */
  @IsUUID() letterId!: string;
  /** What it is, as the letters of the API name it. */
  @Matches(/^[a-z][a-z_]{0,39}$/) kind!: string;
  /** How it was to be delivered. */
  @IsOpenEnum(NOTICE_DELIVERIES) channel!: OpenEnum<NoticeDelivery>;
  /** To whom. */
  @IsIn(CONTACT_PARTIES) party!: ContactParty;
  /** Why it was not sent, or not delivered. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) reasonCode!: string;
}
