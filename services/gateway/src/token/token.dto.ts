import { ApiProperty } from '@nestjs/swagger';
import { ProblemDto } from '../openapi/problem.dto.js';

/** A token request as a form or as JSON; the credentials may come by HTTP Basic instead (RFC 6749 §4.4). */
export class TokenRequestDto {
  @ApiProperty({ enum: ['client_credentials'] }) grant_type!: 'client_credentials';
  @ApiProperty({ required: false, example: 'partner-one' }) client_id?: string;
  @ApiProperty({ required: false, format: 'password' }) client_secret?: string;
}

/** An access token (RFC 6749 §5.1). */
export class TokenDto {
  @ApiProperty({ description: 'JWT signed with Ed25519; send it as `authorization: Bearer …`.' }) access_token!: string;
  @ApiProperty({ enum: ['Bearer'] }) token_type!: 'Bearer';
  @ApiProperty({ description: 'Lifetime in seconds.', example: 3600 }) expires_in!: number;
  @ApiProperty({ description: 'Roles of staff, or `partner`.', example: 'partner' }) scope!: string;
}

/** A refused token request: a problem that is an OAuth error, too (RFC 6749 §5.2). */
export class TokenProblemDto extends ProblemDto {
  @ApiProperty({ example: 'invalid_client' }) error!: string;
  @ApiProperty() error_description!: string;
}

/** Public keys of access tokens (RFC 7517). */
export class KeySetDto {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } }) keys!: object[];
}
