import { ASKED_FIELDS, IsListOf, IsNested, IsUnsignedMinorUnits, type AskedField } from '@millrace/contracts';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';

/** Values that take the place of those that were declared. */
export class CorrectionsDto {
  @IsOptional() @IsUnsignedMinorUnits() declaredRevenueMinor?: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(200) companyName?: string;
  @IsOptional() @Matches(/^[A-Z]?\d{0,4}$/, { message: 'industryCode must be a GB/T 4754 code, such as C13 or 5173' }) @IsNotEmpty() industryCode?: string;
}

/** Body of `PUT /loan-applications/{applicationId}/supplements/{supplementId}`. */
export class AnswerSupplementDto {
  @IsOptional() @IsNested(() => CorrectionsDto) corrections?: CorrectionsDto;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ArrayUnique() @IsUUID(undefined, { each: true }) evidenceIds?: string[];
  /** True where what a source lacked is there now. */
  @IsOptional() @IsBoolean() providedAtSource?: boolean;
}

/** One thing that a member of staff asks for. */
export class AskedItemDto {
  @IsIn(ASKED_FIELDS) field!: AskedField;
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/, { message: 'reasonCode must be upper-case words joined by _' }) reasonCode!: string;
}

/** Body of `PUT /review-tasks/{reviewTaskId}/supplement-requests/{supplementRequestId}`. */
export class RequestSupplementDto {
  @IsListOf(() => AskedItemDto, 20) @ArrayMinSize(1) items!: AskedItemDto[];
}

/** Body of `PUT /loan-applications/{applicationId}/corrections/{correctionId}`. */
export class CorrectOnFileDto {
  @IsNested(() => CorrectionsDto) corrections!: CorrectionsDto;
}
