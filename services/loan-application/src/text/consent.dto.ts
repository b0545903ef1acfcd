import { CONSENT_TYPES, IsInstant, type ConsentType } from '@millrace/contracts';
import { IsIn, IsNotEmpty, IsString, IsUUID, Matches, MaxLength } from 'class-validator';

/** A consent with the text that was agreed to, in the body of a submission. */
export class ConsentDto {
  @IsUUID() consentId!: string;
  @IsIn(CONSENT_TYPES) type!: ConsentType;
  @IsString() @IsNotEmpty() @MaxLength(40) textVersion!: string;
  @Matches(/^[0-9a-f]{64}$/, { message: 'textSha256 must be a SHA-256 in lower-case hex' }) textSha256!: string;
  @IsInstant() grantedAt!: string;
}
