import { DISCLOSURES, IsListOf, type Disclosure } from '@millrace/contracts';
import { Equals, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';

/** A page that the applicant was shown, by the hash of its text. */
export class NamedDisclosureDto {
  @IsIn(DISCLOSURES) type!: Disclosure;
  @Matches(/^[0-9a-f]{64}$/, { message: 'textSha256 must be a SHA-256 in lower-case hex' }) textSha256!: string;
}

/** Body of `PUT …/offer-acceptances/{acceptanceId}`. */
export class AcceptOfferDto {
  @IsUUID() offerId!: string;
  /** The borrower has read the all-in cost sheet (G-PR-02). */
  @Equals(true, { message: 'costSheetAcknowledged must be true' }) costSheetAcknowledged!: true;
  /** Absent in requests of partners that acknowledge pages by name alone (R-AP-12). */
  @IsOptional() @IsListOf(() => NamedDisclosureDto, 10) disclosuresShown?: NamedDisclosureDto[];
}

/** Body of `PUT …/offer-declines/{declineId}`. */
export class DeclineOfferDto {
  @IsUUID() offerId!: string;
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode?: string;
}
