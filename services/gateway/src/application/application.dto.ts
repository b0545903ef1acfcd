import { GRADES, REPAYMENT_METHODS, REVIEW_STAGES } from '@millrace/contracts';
import { ContractSummaryDto } from '../contract/contract.dto.js';
import { OfferDto } from '../offer/offer.dto.js';
import {
  ChoiceField,
  FormField,
  IdField,
  InstantField,
  MinorUnitsField,
  ObjectField,
  ReasonCodeField,
  Sha256Field,
  TextField,
  WholeField,
} from '../openapi/fields.js';
import { ListPageDto, ListQueryDto } from '../openapi/list.dto.js';
import { CompanyDto } from './submit-application.dto.js';

const RATE = { description: 'Basis points.', example: 635 };

/** A machine-readable reason with its sentence (R-UW-04). */
export class ReasonDto {
  @ReasonCodeField() code!: string;
  @TextField(300) sentence!: string;
}

export class DecisionDto {
  @ChoiceField(['approved', 'declined']) outcome!: string;
  @ChoiceField(['T0', 'T1', 'T2'], { description: 'Who decided: the engine, one approver, a committee.' }) tier!: string;
  @InstantField() decidedAt!: string;
  @MinorUnitsField({ nullable: true }) amountMinor!: string | null;
  @WholeField(0, 10_000, { nullable: true, ...RATE }) rateBps!: number | null;
  @ObjectField(() => ReasonDto, { list: { max: 30 } }) reasons!: ReasonDto[];
}

/** A person looks at the application. */
export class ReviewDto {
  @ChoiceField(REVIEW_STAGES) stage!: string;
  @ObjectField(() => ReasonDto, { list: { max: 30 } }) reasons!: ReasonDto[];
}

export class ScoreSummaryDto {
  @WholeField(0, 1_000) score!: number;
  @FormField(/^0(\.\d+)?$/, 'a decimal', { description: 'Probability of default within 12 months, as a decimal.', example: '0.01299' }) pd!: string;
  @ChoiceField(GRADES) grade!: string;
  @WholeField(0, 100) riskIndex!: number;
  @MinorUnitsField() limitMinor!: string;
  @TextField(40, { description: 'The cap that set the limit.', example: 'dscr' }) bindingCap!: string;
  @WholeField(0, 10_000, RATE) rateBps!: number;
  @ObjectField(() => ReasonDto, { list: { max: 30 } }) reasons!: ReasonDto[];
  @TextField(64) scorecardId!: string;
  @Sha256Field() scorecardSha256!: string;
  @TextField(64) policyVersion!: string;
}

/** An application as it stands. */
export class ApplicationDto {
  @IdField() applicationId!: string;
  @FormField(/^[A-Z_]{1,40}$/, 'a status', { example: 'CHECKING' }) status!: string;
  @TextField(64, { example: 'invoice-loan' }) productCode!: string;
  @MinorUnitsField() requestedAmountMinor!: string;
  @FormField(/^[A-Z]{3}$/, 'a currency', { example: 'CNY' }) currency!: string;
  @WholeField(1, 600, { example: 12 }) tenorMonths!: number;
  @ChoiceField(REPAYMENT_METHODS) repaymentMethod!: string;
  @TextField(40) purpose!: string;
  @ObjectField(() => CompanyDto) company!: CompanyDto;
  @InstantField() submittedAt!: string;
  @InstantField({ description: 'Last change of anything that is shown here.' }) updatedAt!: string;
  @InstantField({ nullable: true, description: 'When the status ends by itself.' }) deadlineAt!: string | null;
  @ChoiceField(['system', 'applicant', 'staff'], { nullable: true, description: 'Who has to act next.' }) waitingFor!: string | null;
  @ObjectField(() => DecisionDto, { nullable: true }) decision!: DecisionDto | null;
  @ObjectField(() => ReviewDto, { nullable: true, description: 'Why a person looks at it now; null while none does.' }) review!: ReviewDto | null;
  @ObjectField(() => ScoreSummaryDto, { nullable: true, description: 'For staff who have a part in the decision; null for everybody else.' })
  score!: ScoreSummaryDto | null;
  @ObjectField(() => OfferDto, { nullable: true }) offer!: OfferDto | null;
  @ObjectField(() => ContractSummaryDto, { nullable: true }) contract!: ContractSummaryDto | null;
  @IdField({ nullable: true }) loanId!: string | null;
}

export class ApplicationListDto extends ListPageDto {
  @ObjectField(() => ApplicationDto, { list: { max: 200 }, description: 'Newest first.' }) items!: ApplicationDto[];
}

/** Query of `GET /v1/loan-applications`; the days are those of the submission. Which statuses there are is loan-application's to say. */
export class ListApplicationsDto extends ListQueryDto {
  @FormField(/^[A-Z_]{1,40}$/, 'a status in capital letters', { optional: true, example: 'OFFERED' }) status?: string;
  @FormField(/^[0-9A-Z]{18}$/, '18 digits and capital letters', { optional: true, description: 'Unified social credit code of the firm.' }) uscc?: string;
}

/** Body of a cancellation. */
export class CancelApplicationDto {
  @ReasonCodeField({ example: 'APPLICANT_WITHDREW' }) reasonCode!: string;
}
