import { Body, Controller, Put } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsNotEmpty, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { AnswerOnce } from '../answer/answer-once.js';
import { AnswersJsonText, RequestId } from '../answer/request-id.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import type { SubjectKind } from './list-index.js';
import { ScreenSubjects } from './screen-subjects.js';

const MOST_SUBJECTS = 50;

class SubjectDto {
  @IsIn(['company', 'person']) kind!: SubjectKind;
  @IsString() @IsNotEmpty() @MaxLength(400) name!: string;
  @IsOptional() @IsString() @MaxLength(40) idNumber?: string | null;
  @IsOptional() @IsString() @MaxLength(40) uscc?: string | null;
}

class ScreeningDto {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MOST_SUBJECTS) @ValidateNested({ each: true }) @Type(() => SubjectDto) subjects!: SubjectDto[];
}

/** Sanctions, special measures and dishonest debtors. */
@Controller('v1/watchlists/screenings')
@PlaysProvider('watchlists')
export class WatchlistController {
  constructor(
    private readonly answers: AnswerOnce,
    private readonly screenSubjects: ScreenSubjects,
  ) {}

  @Put(':screeningId')
  @AnswersJsonText()
  screen(@RequestId('screeningId') screeningId: string, @Body() body: ScreeningDto): Promise<string> {
    return this.answers.answer('watchlists', screeningId, body, async () => {
      const subjects = body.subjects.map(({ kind, name, idNumber, uscc }) => ({ kind, name, identifier: (kind === 'company' ? uscc : idNumber) ?? null }));
      return { screeningId, hits: await this.screenSubjects.screen(subjects) };
    });
  }
}
