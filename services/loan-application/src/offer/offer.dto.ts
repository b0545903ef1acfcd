import { Equals, IsOptional, IsUUID, Matches } from 'class-validator';

/** Body of `PUT …/offer-acceptances/{acceptanceId}`. */
export class AcceptOfferDto {
  @IsUUID() offerId!: string;
  /** The borrower has read the all-in cost sheet (G-PR-02). */
  @Equals(true, { message: 'costSheetAcknowledged must be true' }) costSheetAcknowledged!: true;
}

/** Body of `PUT …/offer-declines/{declineId}`. */
export class DeclineOfferDto {
  @IsUUID() offerId!: string;
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode?: string;
}
