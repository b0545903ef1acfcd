import { ActorDto } from '../application/application-file.dto.js';
import { FlagField, FormField, IdField, InstantField, ObjectField, ReasonCodeField, TextField } from '../openapi/fields.js';

export class TimelineReasonDto {
  @ReasonCodeField() code!: string;
  @TextField(300, { nullable: true }) sentence!: string | null;
}

/** One step of an application or its loan. */
export class TimelineEntryDto {
  @IdField() eventId!: string;
  @FormField(/^dev\.millrace\.lending\.[a-z-]+\.[a-z-]+$/, 'an event type without its version', { example: 'dev.millrace.lending.loan-application.submitted' })
  type!: string;
  @TextField(300, { description: 'What happened, in one sentence.' }) title!: string;
  @InstantField() occurredAt!: string;
  @ObjectField(() => ActorDto, { description: 'Who did it. Partners are told that it was staff, not who.' }) actor!: ActorDto;
  @ObjectField(() => TimelineReasonDto, { list: { max: 30 } }) reasons!: TimelineReasonDto[];
  @IdField() applicationId!: string;
  @IdField({ nullable: true }) loanId!: string | null;
}

export class TimelineDto {
  @ObjectField(() => TimelineEntryDto, { list: { max: 1_000 }, description: 'Oldest first.' }) items!: TimelineEntryDto[];
  @FlagField({ description: 'False where there are older steps than these.' }) complete!: boolean;
}
