import { IsUUID } from 'class-validator';

/** Body of `PUT …/consent-withdrawals/{withdrawalId}`. */
export class WithdrawConsentDto {
  @IsUUID() consentId!: string;
}
