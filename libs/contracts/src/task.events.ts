import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, IsRFC3339, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { EVENT_NAMESPACE } from './event-names.js';
import { DomainEvent, Event } from './event.js';
import { TOPICS } from './topics.js';

const of = (type: string, summary: string) => ({
  type: `${EVENT_NAMESPACE}.tasks.${type}`,
  producer: 'tasks',
  version: 1,
  topic: TOPICS.tasks,
  keyField: 'storyId' as const,
  summary,
});

/** Kinds and decisions are named by the services that have them; a new one is no change of the contract. */
const NAME = /^[a-z][a-z0-9-]{1,59}$/;
const ROLE = /^[a-z][a-z_]{1,59}$/;

@Event(of('opened', 'A service leaves a question to people; the queue shows it. Which service, the source says.'))
export class TaskOpened extends DomainEvent<TaskOpened> {
  @IsUUID() taskId!: string;
  @IsUUID() storyId!: string;
  /** Absent where no single application is meant. */
  @IsOptional() @IsUUID() applicationId?: string;
  @IsOptional() @IsUUID() loanId?: string;
  /** Absent where the task's owner does not know the lender; the application then says it. */
  @IsOptional() @IsString() @MaxLength(64) tenantId?: string;
  /** Kind of task, which says who may decide it and how. */
  @Matches(NAME) kind!: string;
  /** Sort of thing that the task is about, e.g. `application`. */
  @Matches(NAME) subjectType!: string;
  /** The thing itself, by its id. */
  @IsUUID() subjectId!: string;
  /** Roles of staff of which one is needed to decide. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(10) @Matches(ROLE, { each: true }) roles!: string[];
  /** Least number of people who decide. */
  @IsInt() @Min(1) @Max(20) votesNeeded!: number;
  /** When the question was asked. */
  @IsRFC3339() openedAt!: string;
  @IsRFC3339() dueAt!: string;
  @IsInt() @Min(1) @Max(1_000_000) seq!: number;
}

@Event(of('changed', 'A task was claimed, given back, handed on, voted on, sent back, reminded of, done or closed; the fields say how it stands now.'))
export class TaskChanged extends DomainEvent<TaskChanged> {
  @IsUUID() taskId!: string;
  @IsUUID() storyId!: string;
  @IsOptional() @IsUUID() applicationId?: string;
  @IsOptional() @IsUUID() loanId?: string;
  /** What was done, as in the task's steps, e.g. `CLAIM`; a new word is no change of the contract. */
  @Matches(/^[A-Z][A-Z_]{1,59}$/) change!: string;
  /** `open` waits for people, `decided` for the service that has it, `applied` and `closed` for nobody. */
  @IsIn(['open', 'decided', 'applied', 'closed']) status!: 'open' | 'decided' | 'applied' | 'closed';
  /** Member of staff who has taken it, by the id of the login; absent where nobody has. */
  @IsOptional() @IsString() @MaxLength(64) claimedBy?: string;
  /** How many people have said something that counts. */
  @IsInt() @Min(0) @Max(20) votes!: number;
  @IsRFC3339() dueAt!: string;
  /** How often the due instant passed without a decision. */
  @IsInt() @Min(0) @Max(1_000) reminders!: number;
  @IsInt() @Min(1) @Max(1_000_000) seq!: number;
}

@Event(of('decided', 'Enough people have decided a task. Who they are and why stays with the service that has it.'))
export class TaskDecided extends DomainEvent<TaskDecided> {
  @IsUUID() taskId!: string;
  @IsUUID() storyId!: string;
  @IsOptional() @IsUUID() applicationId?: string;
  @IsOptional() @IsUUID() loanId?: string;
  /** One of the decisions of the kind. */
  @Matches(NAME) decision!: string;
  /** How many people have decided so. */
  @IsInt() @Min(1) @Max(20) votes!: number;
  /** When the last of them has. */
  @IsRFC3339() decidedAt!: string;
  @IsInt() @Min(1) @Max(1_000_000) seq!: number;
}

/** Every event of tasks; a service that registers a kind of task writes them all. */
export const TASK_EVENTS = [TaskOpened, TaskChanged, TaskDecided] as const;
