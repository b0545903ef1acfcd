import { DomainEvent, Event } from '@millrace/contracts';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';

/** Topic of the messaging tests. */
export const STEP_TOPIC = 'test.messaging.v1';

const of = (type: string) => ({
  type: `test.messaging.${type}`,
  version: 1,
  producer: 'test-messaging',
  topic: STEP_TOPIC,
  keyField: 'applicationId' as const,
  summary: 'For tests.',
});

@Event(of('step-taken'))
export class StepTaken extends DomainEvent<StepTaken> {
  @IsUUID() applicationId!: string;
  @IsInt() @Min(0) @Max(1_000_000) number!: number;
  @IsOptional() @IsString() @MaxLength(2_000_000) note?: string;
}

@Event(of('step-followed'))
export class StepFollowed extends DomainEvent<StepFollowed> {
  @IsUUID() applicationId!: string;
  @IsInt() @Min(0) @Max(1_000_000) number!: number;
}

@Event(of('step-ignored'))
export class StepIgnored extends DomainEvent<StepIgnored> {
  @IsUUID() applicationId!: string;
}
