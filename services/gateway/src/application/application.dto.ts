import { APPLICATION_STATUSES, DRAWDOWN_STATUSES, GRADES, LOAN_STATUSES, REPAYMENT_METHODS, REVIEW_STAGES } from '@millrace/contracts';
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

const meanings = (statuses: Readonly<Record<string, string>>): string =>
  Object.entries(statuses)
    .map(([status, meaning]) => `\`${status}\`: ${meaning}`)
    .join(' ');

/** The drawing of the money of a signed contract. */
export class DrawdownDto {
  @IdField() drawdownId!: string;
  @ChoiceField(Object.keys(DRAWDOWN_STATUSES), { description: meanings(DRAWDOWN_STATUSES) }) status!: string;
  @MinorUnitsField() amountMinor!: string;
  @FormField(/^[A-Z]{3}$/, 'a currency', { example: 'CNY' }) currency!: string;
  @ObjectField(() => ReasonDto, { list: { max: 30 }, description: 'Why the money is not paid; empty but for a drawdown that was given up.' })
  reasons!: ReasonDto[];
}

/** The loan that came of it; `GET /v1/loans/{loanId}` tells the rest. */
export class LoanStandingDto {
  @IdField() loanId!: string;
  @ChoiceField(Object.keys(LOAN_STATUSES), { description: meanings(LOAN_STATUSES) }) status!: string;
}

/** An application as it stands. */
export class ApplicationDto {
  @IdField() applicationId!: string;
  @ChoiceField(Object.keys(APPLICATION_STATUSES), { example: 'CHECKING', description: meanings(APPLICATION_STATUSES) }) status!: string;
  @TextField(64, { example: 'invoice-loan' }) productCode!: string;
  @MinorUnitsField() requestedAmountMinor!: string;
  @FormField(/^[A-Z]{3}$/, 'a currency', { example: 'CNY' }) currency!: string;
  @WholeField(1, 600, { example: 12 }) tenorMonths!: number;
  @ChoiceField(REPAYMENT_METHODS) repaymentMethod!: string;
  @TextField(40) purpose!: string;
  @ObjectField(() => CompanyDto) company!: CompanyDto;
  @InstantField() submittedAt!: string;
  @InstantField({ description: 'Last change of anything that is shown here.' }) updatedAt!: string;
  @InstantField({
    nullable: true,
    description: 'When what is waited for ends by itself: the status of the application or, once it is completed, of the drawdown.',
  })
  deadlineAt!: string | null;
  @ChoiceField(['system', 'applicant', 'staff'], {
    nullable: true,
    description: 'Who has to act next, about the application or its drawdown; null where nothing more comes by itself.',
  })
  waitingFor!: string | null;
  @ObjectField(() => DecisionDto, { nullable: true }) decision!: DecisionDto | null;
  @ObjectField(() => ReviewDto, { nullable: true, description: 'Why a person looks at it now; null while none does.' }) review!: ReviewDto | null;
  @ObjectField(() => ScoreSummaryDto, { nullable: true, description: 'For staff who have a part in the decision; null for everybody else.' })
  score!: ScoreSummaryDto | null;
  @ObjectField(() => OfferDto, { nullable: true }) offer!: OfferDto | null;
  @ObjectField(() => ContractSummaryDto, { nullable: true }) contract!: ContractSummaryDto | null;
  @ObjectField(() => DrawdownDto, { nullable: true, description: 'The drawing of the money; null until the contract is signed.' })
  drawdown!: DrawdownDto | null;
  @ObjectField(() => LoanStandingDto, { nullable: true, description: 'Null until the money is out.' }) loan!: LoanStandingDto | null;
  @IdField({ nullable: true, description: 'Given when the contract is signed; there is a loan under it once the money is out.' }) loanId!: string | null;
}

export class ApplicationListDto extends ListPageDto {
  @ObjectField(() => ApplicationDto, { list: { max: 200 }, description: 'Newest first.' }) items!: ApplicationDto[];
}

/** Query of `GET /v1/loan-applications`; the days are those of the submission. */
export class ListApplicationsDto extends ListQueryDto {
  @ChoiceField(Object.keys(APPLICATION_STATUSES), { optional: true, example: 'OFFERED' }) status?: string;
  @ChoiceField(Object.keys(DRAWDOWN_STATUSES), { optional: true, example: 'HELD' }) drawdownStatus?: string;
  @ChoiceField(Object.keys(LOAN_STATUSES), { optional: true, example: 'ACTIVE' }) loanStatus?: string;
  @FormField(/^[0-9A-Z]{18}$/, '18 digits and capital letters', { optional: true, description: 'Unified social credit code of the firm.' }) uscc?: string;
}

/** Body of a cancellation. */
export class CancelApplicationDto {
  @ReasonCodeField({ example: 'APPLICANT_WITHDREW' }) reasonCode!: string;
}
