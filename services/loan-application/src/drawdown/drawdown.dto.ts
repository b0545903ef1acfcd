import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** Body of `PUT …/drawdown/cancellations/{cancellationId}`. */
export class CancelDrawdownDto {
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
}

/** Body of `PUT …/drawdown/authorisations/{authorisationId}`. */
export class AuthorisePaymentDto {
  @IsIn(['authorise', 'refuse']) decision!: 'authorise' | 'refuse';
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
  @IsOptional() @IsString() @MaxLength(2_000) comment?: string;
}
