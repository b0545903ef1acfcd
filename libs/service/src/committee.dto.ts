import { IsOptional, IsString, Length, Matches } from 'class-validator';

/** Body of `PUT …/committees/{taskId}/votes/{voteId}`. */
export class VoteDto {
  @Matches(/^[a-z][a-z0-9-]{0,59}$/) decision!: string;
  @Matches(/^[A-Z][A-Z0-9_]{1,59}$/) reasonCode!: string;
  @IsOptional() @IsString() @Length(1, 2_000) comment?: string;
}

/** Body of `PUT …/committees/{taskId}/conflicts/{conflictId}`. */
export class ConflictDto {
  @IsString() @Length(1, 500) reason!: string;
}
