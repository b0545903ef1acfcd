import { REVIEW_STAGES } from '@millrace/contracts';
import { ReasonDto } from '../application/application.dto.js';
import {
  ChoiceField,
  FlagField,
  IdField,
  InstantField,
  ObjectField,
  OpenField,
  QueryWholeField,
  ReasonCodeField,
  TextField,
  WholeField,
} from '../openapi/fields.js';

/** Work for a person: why, with which figures, by when, and what was decided. */
export class ReviewTaskDto {
  @IdField() reviewTaskId!: string;
  @IdField() applicationId!: string;
  @TextField(64) tenantId!: string;
  @ChoiceField(REVIEW_STAGES) stage!: string;
  @ChoiceField(['T1', 'T2', 'T3']) tier!: string;
  @ChoiceField(['open', 'decided', 'closed']) status!: string;
  @ObjectField(() => ReasonDto, { list: { max: 30 } }) reasons!: ReasonDto[];
  @OpenField({ description: 'Figures for the decision.' }) figures!: object;
  @TextField(64, { description: 'Who made the application; may not decide (R-UW-05).' }) makerId!: string;
  @TextField(64, { nullable: true }) accountManagerId!: string | null;
  @InstantField() openedAt!: string;
  @InstantField() dueAt!: string;
  @WholeField(0, 1_000, { description: 'How often the deadline passed without a decision.' }) reminders!: number;
  @ChoiceField(['approve', 'reject'], { nullable: true }) decision!: string | null;
  @IdField({ nullable: true }) decisionId!: string | null;
  @TextField(64, { nullable: true }) decidedBy!: string | null;
  @InstantField({ nullable: true }) decidedAt!: string | null;
  @ReasonCodeField({ nullable: true }) reasonCode!: string | null;
  @TextField(2_000, { nullable: true }) comment!: string | null;
  @OpenField({ optional: true, description: 'Figures of the application; only where one task is read.' }) application?: object;
}

export class ReviewTaskListDto {
  @ObjectField(() => ReviewTaskDto, { list: { max: 200 }, description: 'Oldest first.' }) items!: ReviewTaskDto[];
  @IdField({ nullable: true, description: 'Send it as `cursor` to get the next page.' }) nextCursor!: string | null;
}

export class ListReviewTasksDto {
  @ChoiceField(['open', 'decided', 'closed'], { optional: true }) status?: string;
  @IdField({ optional: true, description: '`nextCursor` of the page before.' }) cursor?: string;
  @QueryWholeField(1, 200, { optional: true, example: 50 }) limit?: string;
}

/** Body of a decision. */
export class DecideReviewDto {
  @ChoiceField(['approve', 'reject']) decision!: string;
  @ReasonCodeField({ description: 'One of `GET /v1/review-reasons`, which says what the applicant is told of it.', example: 'CASH_FLOW_SOUND' })
  reasonCode!: string;
  @TextField(2_000, { optional: true }) comment?: string;
}

/** A reason that a person may give for a decision. */
export class ReviewReasonDto {
  @ReasonCodeField() code!: string;
  @ChoiceField(['approve', 'reject']) decision!: string;
  @ChoiceField(REVIEW_STAGES, { list: { max: 3 } }) stages!: string[];
  @TextField(300, { description: 'What it means, for the person who decides.' }) sentence!: string;
  @ObjectField(() => ReasonDto, { nullable: true, description: 'What the applicant is told; null where nothing is.' }) applicant!: ReasonDto | null;
  @FlagField({ description: 'True where the firm then waits for the long term.' }) meansFraud!: boolean;
}

export class ReviewReasonListDto {
  @ObjectField(() => ReviewReasonDto, { list: { max: 200 } }) items!: ReviewReasonDto[];
}

export class ListReviewReasonsDto {
  @ChoiceField(REVIEW_STAGES, { optional: true }) stage?: string;
}
