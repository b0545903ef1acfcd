import {
  COLLECTION_STAGES,
  CONTACT_CHANNELS,
  CONTACT_MAKERS,
  CONTACT_PARTIES,
  IsCalendarDay,
  type CollectionStage,
  type ContactChannel,
  type ContactMaker,
  type ContactParty,
} from '@millrace/contracts';
import { CONTACT_OUTCOMES, type ContactOutcome } from '@millrace/contracts/api';
import { ListQuery } from '@millrace/service';
import { IsIn, IsOptional, IsUUID, Matches, ValidateIf } from 'class-validator';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const AMOUNT = /^(0|[1-9]\d{0,17})$/;

/** Query of `GET /collection/cases`; the days are those on which the loans became late. */
export class ListCasesDto extends ListQuery {
  @IsOptional() @IsIn(['open', 'closed']) state?: 'open' | 'closed';
  @IsOptional() @IsIn(COLLECTION_STAGES) stage?: CollectionStage;
  @IsOptional() @Matches(NAME, { message: '$property must be the id of a login' }) collector?: string;
  @IsOptional() @IsIn(['true']) unassigned?: 'true';
  @IsOptional() @Matches(AMOUNT, { message: '$property must be zero or more minor units (fen) as a string' }) minOutstandingMinor?: string;
}

/** Body of `PUT /collection/cases/{caseId}/assignments/{assignmentId}`. */
export class AssignCaseDto {
  @IsOptional() @Matches(NAME, { message: '$property must be the id of a login' }) collector?: string;
}

/** Body of `PUT /collection/cases/{caseId}/handovers/{handoverId}`. */
export class HandOverCaseDto {
  @IsOptional() @Matches(NAME, { message: '$property must be the lender’s short name of an agency' }) agency?: string;
}

/** Body of `PUT /loans/{loanId}/contacts/{contactId}`. */
export class MakeContactDto {
  @IsIn(CONTACT_CHANNELS) channel!: ContactChannel;
  @IsIn(CONTACT_PARTIES) party!: ContactParty;
  @ValidateIf(({ party, guarantorId }: MakeContactDto) => party === 'guarantor' || guarantorId !== undefined) @IsUUID() guarantorId?: string;
  @IsOptional() @IsIn(CONTACT_MAKERS) madeBy?: ContactMaker;
}

/** Body of `PUT /loans/{loanId}/promises/{promiseId}`. */
export class MakePromiseDto {
  @Matches(/^[1-9]\d{0,17}$/, { message: '$property must be more than zero minor units (fen) as a string' }) amountMinor!: string;
  @IsCalendarDay() payBy!: string;
}

/** Body of `PUT /loans/{loanId}/contacts/{contactId}/outcomes/{outcomeId}`. */
export class TellOutcomeDto {
  @IsIn(Object.keys(CONTACT_OUTCOMES)) outcome!: ContactOutcome;
}
