import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** Body of `PUT …/facility-changes/{facilityChangeId}`. */
export class ChangeFacilityDto {
  @IsIn(['freeze', 'unfreeze']) action!: 'freeze' | 'unfreeze';
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
  @IsOptional() @IsString() @MaxLength(2_000) comment?: string;
}
