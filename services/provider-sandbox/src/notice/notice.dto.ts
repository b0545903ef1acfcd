import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';

/** Body of `PUT /v1/notices/{noticeId}`. */
export class NoticeDto {
  @IsString() @IsNotEmpty() @MaxLength(64) lender!: string;
  @IsUUID() loanId!: string;
  @IsIn(['message', 'letter']) channel!: 'message' | 'letter';
  /** Whom it goes to: `firm:` and the code of the firm, or `guarantor:` and the lender's reference; the party knows the address. */
  @Matches(/^(firm|guarantor):[A-Z0-9-]{1,40}$/, { message: 'addresseeRef must be firm: or guarantor: with a reference' }) addresseeRef!: string;
  @Matches(/^[a-z][a-z_]{0,39}$/) kind!: string;
  @IsOptional() @IsString() @MaxLength(20) language?: string;
  @IsString() @IsNotEmpty() @MaxLength(20_000) text!: string;
  @Matches(/^[0-9a-f]{64}$/, { message: 'textSha256 must be a SHA-256 in hex' }) textSha256!: string;
}

/** Query of `GET /sandbox/notices`. */
export class SentNoticesDto {
  @IsUUID() loanId!: string;
}
