import { IsListOf } from '@millrace/contracts';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsISO8601, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { VISIT_ANSWERS, type VisitAnswer } from './visit-policy.js';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Body of `PUT /loan-applications/{applicationId}/visits/{visitId}`. */
export class PlanVisitDto {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { message: 'investigator must be the id of a login' }) investigator!: string;
  @Matches(DAY, { message: 'plannedOn must be a day as YYYY-MM-DD' }) @IsISO8601({ strict: true }) plannedOn!: string;
}

export class VisitAnswerDto {
  @Matches(/^[A-Z][A-Z0-9_]{2,59}$/) item!: string;
  @IsIn(VISIT_ANSWERS) answer!: VisitAnswer;
}

/** Body of `PUT /loan-applications/{applicationId}/visits/{visitId}/reports/{reportId}`. */
export class ReportVisitDto {
  @Matches(DAY, { message: 'visitedOn must be a day as YYYY-MM-DD' }) @IsISO8601({ strict: true }) visitedOn!: string;
  @IsListOf(() => VisitAnswerDto, 50) answers!: VisitAnswerDto[];
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ArrayUnique() @IsUUID(undefined, { each: true }) evidenceIds?: string[];
  @IsString() @Length(1, 2_000) notes!: string;
}
