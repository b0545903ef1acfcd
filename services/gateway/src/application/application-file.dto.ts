import {
  FlagField,
  FormField,
  IdField,
  InstantField,
  MinorUnitsField,
  NumberField,
  ObjectField,
  OpenField,
  ReasonCodeField,
  Sha256Field,
  TextField,
  WholeField,
  ChoiceField,
} from '../openapi/fields.js';

/** Who or what acted. */
export class ActorDto {
  @ChoiceField(['system', 'partner', 'staff', 'applicant']) kind!: string;
  @TextField(64) id!: string;
}

/** One sealed step of the process (R-OP-09). */
export class HistoryRowDto {
  @IdField() applicationId!: string;
  @WholeField(1, 1_000_000) seq!: number;
  @TextField(60) trigger!: string;
  @TextField(20) effect!: string;
  @TextField(40) statusFrom!: string;
  @TextField(40) statusTo!: string;
  @ObjectField(() => ActorDto) actor!: ActorDto;
  @TextField(100) reason!: string;
  @OpenField() evidence!: object;
  @TextField(64) causationId!: string;
  @InstantField() at!: string;
  @Sha256Field() prevSha256!: string;
  @Sha256Field() rowSha256!: string;
}

export class HistoryDto {
  @ObjectField(() => HistoryRowDto, { list: { max: 10_000 } }) items!: HistoryRowDto[];
  @WholeField(1, 1_000_000, { nullable: true, description: 'The first row whose seal does not hold; null where all hold.' }) firstBrokenRow!: number | null;
}

export class FindingDto {
  @ReasonCodeField() code!: string;
  @ChoiceField(['info', 'amber', 'red']) severity!: string;
  @TextField(80, { optional: true, description: 'The figure that crossed the threshold.' }) observed?: string;
  @TextField(300) sentence!: string;
}

export class MaskedApplicantDto {
  @TextField(60) name!: string;
  @TextField(18) idNumber!: string;
  @TextField(11) mobile!: string;
}

/** What was verified, with which outcome, from which sources. */
export class VerificationDto {
  @IdField() applicationId!: string;
  @ChoiceField(['in_progress', 'completed']) status!: string;
  @ChoiceField(['pass', 'refer', 'reject'], { nullable: true }) outcome!: string | null;
  @WholeField(0, 1_000, { nullable: true }) fraudScore!: number | null;
  @ObjectField(() => FindingDto, { list: { max: 200 } }) findings!: FindingDto[];
  @OpenField({ list: { max: 50 }, description: 'Source, query, time, consent and hash of every reply.' }) provenance!: object[];
  @ObjectField(() => MaskedApplicantDto) applicant!: MaskedApplicantDto;
  @InstantField() requestedAt!: string;
  @InstantField({ nullable: true }) completedAt!: string | null;
  @OpenField({ description: 'SHA-256 of each decision table that decided.' }) tableHashes!: object;
}

/** Firm or person that was screened. */
export class ScreenedSubjectDto {
  @ChoiceField(['company', 'person']) kind!: string;
  @TextField(200) name!: string;
}

/** An entry of a list that a subject resembles. */
export class ScreeningHitDto {
  @ChoiceField(['sanctions', 'special_measures', 'dishonest_debtor']) list!: string;
  @TextField(300, { nullable: true, description: 'Name on the list.' }) listedName!: string | null;
  @NumberField({ description: '1 for an identifier or the exact name, 0.95 for an alias, less for a resemblance.' }) matchScore!: number;
  @ObjectField(() => ScreenedSubjectDto, { nullable: true }) subject!: ScreenedSubjectDto | null;
}

export class ScreeningDto {
  @IdField() applicationId!: string;
  @InstantField({ nullable: true, description: 'Null where the lists were not asked.' }) screenedAt!: string | null;
  @ObjectField(() => ScreeningHitDto, { list: { max: 1_000 } }) hits!: ScreeningHitDto[];
}

/** The person who signs for the firm. */
export class PersonDto {
  @IdField() applicationId!: string;
  @TextField(60) name!: string;
  @TextField(18, { description: 'Resident id.' }) idNumber!: string;
  @TextField(20) mobile!: string;
}

/** One look at what is restricted. */
export class RestrictedReadDto {
  @ChoiceField(['screening', 'person']) what!: string;
  @TextField(100) staffId!: string;
  @InstantField() at!: string;
}

export class RestrictedReadListDto {
  @ObjectField(() => RestrictedReadDto, { list: { max: 1_000 }, description: 'The oldest first.' }) items!: RestrictedReadDto[];
}

/** Scores of an application, newest last. */
export class ScoreListDto {
  @OpenField({ list: { max: 100 }, description: 'Every figure with inputs, contributions, caps and versions.' }) items!: object[];
  @OpenField({ list: { max: 100 }, optional: true, description: 'Requests that have no score: yet, or for good.' }) unscored?: object[];
}

/** Whether the stored inputs still give the stored result. */
export class RecomputationDto {
  @IdField() scoreId!: string;
  @IdField() applicationId!: string;
  @FlagField() same!: boolean;
  @TextField(60, { list: { max: 200 }, description: 'What is no longer the same.' }) differences!: string[];
  @OpenField() stored!: object;
  @OpenField({ nullable: true, description: 'Null where the stored inputs can no longer be evaluated.' }) recomputed!: object | null;
}

export class PayoutStepDto {
  @InstantField() at!: string;
  @ChoiceField(['RESERVE', 'VERIFY', 'SEND', 'ASK', 'ANSWER', 'ALARM']) action!: string;
  @TextField(100, { nullable: true }) outcome!: string | null;
  @TextField(500, { nullable: true }) detail!: string | null;
}

/** One instruction to the bank with all that was done about it. */
export class PayoutDto {
  @IdField() payoutId!: string;
  @IdField() applicationId!: string;
  @IdField() loanId!: string;
  @TextField(18) uscc!: string;
  @MinorUnitsField() amountMinor!: string;
  @FormField(/^[A-Z]{3}$/, 'a currency', { example: 'CNY' }) currency!: string;
  @ChoiceField(['RESERVED', 'INSTRUCTED', 'UNKNOWN', 'PAID', 'FAILED']) status!: string;
  @ReasonCodeField({ nullable: true }) reasonCode!: string | null;
  @OpenField({ nullable: true, description: 'The payee, masked.' }) payee!: object | null;
  @TextField(20, { nullable: true }) reservation!: string | null;
  @TextField(100, { nullable: true }) bankReference!: string | null;
  @InstantField({ nullable: true }) paidAt!: string | null;
  @WholeField(0, 1_000_000) sends!: number;
  @WholeField(0, 1_000_000) queries!: number;
  @InstantField({ nullable: true }) nextActionAt!: string | null;
  @InstantField() createdAt!: string;
  @InstantField() updatedAt!: string;
  @ObjectField(() => PayoutStepDto, { list: { max: 500 } }) steps!: PayoutStepDto[];
}

export class PayoutListDto {
  @ObjectField(() => PayoutDto, { list: { max: 100 } }) items!: PayoutDto[];
}
