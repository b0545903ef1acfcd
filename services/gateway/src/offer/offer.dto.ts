import { REPAYMENT_METHODS } from '@millrace/contracts';
import { Equals } from 'class-validator';
import {
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  InstantField,
  MinorUnitsField,
  NumberField,
  ObjectField,
  ReasonCodeField,
  TextField,
  WholeField,
} from '../openapi/fields.js';

export class CostItemDto {
  @TextField(100) item!: string;
  @TextField(100) payee!: string;
  @TextField(200) standard!: string;
  @MinorUnitsField() totalMinor!: string;
  @NumberField({ description: 'Share of the annual cost in basis points.' }) annualBps!: number;
}

/** The legal cap that the all-in rate was held against (G-PR-03). */
export class RateCapDto {
  @WholeField(0, 100_000) bps!: number;
  @ChoiceField(['effective', 'nominal']) method!: string;
  @NumberField() testedBps!: number;
}

export class ScheduleRowDto {
  @WholeField(1, 600) number!: number;
  @DayField() dueOn!: string;
  @MinorUnitsField() principalMinor!: string;
  @MinorUnitsField() interestMinor!: string;
  @MinorUnitsField() totalMinor!: string;
  @MinorUnitsField() balanceMinor!: string;
}

/** Everything the loan costs (综合融资成本, G-PR-01, G-PR-02); the borrower must have seen it before accepting. */
export class CostSheetDto {
  @MinorUnitsField({ description: 'What is paid out.' }) receivedMinor!: string;
  @ObjectField(() => CostItemDto, { list: { max: 50 } }) items!: CostItemDto[];
  @MinorUnitsField() totalCostMinor!: string;
  @MinorUnitsField() totalRepaidMinor!: string;
  @NumberField({ description: 'Basis points.' }) nominalAnnualRateBps!: number;
  @NumberField({ description: 'Basis points, all items in.' }) effectiveAnnualRateBps!: number;
  @ObjectField(() => RateCapDto) cap!: RateCapDto;
  @ObjectField(() => ScheduleRowDto, { list: { max: 600 }, description: 'If the money were paid out on the day of the offer.' }) schedule!: ScheduleRowDto[];
  @MinorUnitsField() instalmentMinor!: string;
}

export class OfferDto {
  @IdField() offerId!: string;
  @MinorUnitsField() amountMinor!: string;
  @WholeField(0, 10_000, { description: 'Interest rate in basis points.', example: 635 }) rateBps!: number;
  @WholeField(0, 10_000, { description: 'Rate with all costs, in basis points.' }) effectiveAnnualRateBps!: number;
  @WholeField(1, 600, { example: 12 }) tenorMonths!: number;
  @ChoiceField(REPAYMENT_METHODS) repaymentMethod!: string;
  @InstantField() expiresAt!: string;
  @InstantField({ nullable: true }) acceptedAt!: string | null;
  @ObjectField(() => CostSheetDto) costSheet!: CostSheetDto;
}

/** Body of an acceptance. */
export class AcceptOfferDto {
  @IdField() offerId!: string;
  @FlagField({ description: 'True: the borrower has read the all-in cost sheet (G-PR-02).', example: true })
  @Equals(true, { message: 'costSheetAcknowledged must be true' })
  costSheetAcknowledged!: true;
}

/** Body of a decline. */
export class DeclineOfferDto {
  @IdField() offerId!: string;
  @ReasonCodeField({ optional: true, example: 'RATE_TOO_HIGH' }) reasonCode?: string;
}
