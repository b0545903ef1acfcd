import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { FIRM_CASES } from '../case/sandbox-cases.js';
import { FirmProfile } from '../profile/firm-profile.js';
import { MIXES, type Mix } from '../profile/mixes.js';
import { IsIntBetween, IsUsccForm, Settable } from '../profile/profile-rules.js';

/** Largest page, and most firms that one call makes. */
export const MAX_FIRMS = 500;

/** Body of `PUT /sandbox/firms/{firmId}`: any field of a profile, and what the others are drawn from. */
export class PutFirmDto extends FirmProfile {
  @Settable() @IsIn(MIXES) mix?: Mix;
  /** A course of events that the firm is made for (`GET /sandbox/cases`); what else is given goes over what the case sets. */
  @Settable() @IsIn(FIRM_CASES) case?: string;
  @Settable() @IsIntBetween(0, Number.MAX_SAFE_INTEGER) seed?: number;
  @Settable() @IsUsccForm() uscc?: string;
}

/** Body of `POST /sandbox/firms/generate`. */
export class GenerateFirmsDto {
  @IsIntBetween(0, Number.MAX_SAFE_INTEGER) seed!: number;
  @IsIntBetween(1, MAX_FIRMS) count!: number;
  @Settable() @IsIn(MIXES) mix?: Mix;
}

/** Query of `GET /sandbox/firms`. */
export class ListFirmsDto {
  @IsOptional() @IsIn(['generated', 'data']) source?: 'generated' | 'data';
  @IsOptional() @IsString() @MaxLength(100) dataSet?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(300) cursor?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(MAX_FIRMS) limit?: number;
}
