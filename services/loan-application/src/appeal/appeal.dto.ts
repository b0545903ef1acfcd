import { IsNested } from '@millrace/contracts';
import { ArrayMaxSize, ArrayUnique, IsArray, IsOptional, IsUUID, Matches } from 'class-validator';
import { CorrectionsDto } from '../supplement/supplement.dto.js';

/** Body of `PUT /loan-applications/{applicationId}/appeals/{appealId}`. */
export class RequestAppealDto {
  /** A ground of the catalogue. */
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'groundCode must be upper-case words joined by _' }) groundCode!: string;
  @IsOptional() @IsNested(() => CorrectionsDto) corrections?: CorrectionsDto;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ArrayUnique() @IsUUID(undefined, { each: true }) evidenceIds?: string[];
}
