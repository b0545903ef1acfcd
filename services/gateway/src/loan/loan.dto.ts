import { DAY_COUNTS, LOAN_STATUSES, REPAYMENT_METHODS } from '@millrace/contracts';
import {
  ChoiceField,
  DayField,
  FlagField,
  FormField,
  IdField,
  InstantField,
  MinorUnitsField,
  ObjectField,
  OpenField,
  QueryWholeField,
  TextField,
  WholeField,
} from '../openapi/fields.js';
import { ListPageDto, ListQueryDto } from '../openapi/list.dto.js';

const CURSOR = /^\d{1,18}$/;

export class DueDto {
  @WholeField(1, 600) number!: number;
  @DayField() dueOn!: string;
  @MinorUnitsField() principalMinor!: string;
  @MinorUnitsField() interestMinor!: string;
  @MinorUnitsField() totalMinor!: string;
}

/** What pays the loan off if it comes in on a day (G-PR-10). */
export class PayoffDto {
  @DayField() on!: string;
  @MinorUnitsField() principalMinor!: string;
  @MinorUnitsField() interestMinor!: string;
  @MinorUnitsField() totalMinor!: string;
  @MinorUnitsField({ description: 'The total less what is held already.' }) toPayMinor!: string;
}

/** A loan account as of a business date. */
export class LoanDto {
  @IdField() loanId!: string;
  @IdField() applicationId!: string;
  @IdField() contractId!: string;
  @ChoiceField(Object.keys(LOAN_STATUSES)) status!: string;
  @FormField(/^[A-Z]{3}$/, 'a currency', { example: 'CNY' }) currency!: string;
  @MinorUnitsField() principalMinor!: string;
  @MinorUnitsField() outstandingPrincipalMinor!: string;
  @MinorUnitsField({ description: 'Money of the borrower that waits for the next due date.' }) heldMinor!: string;
  @MinorUnitsField({ description: 'Unpaid and due by today.' }) dueMinor!: string;
  @WholeField(0, 10_000, { description: 'Basis points.', example: 635 }) rateBps!: number;
  @WholeField(1, 600) tenorMonths!: number;
  @ChoiceField(REPAYMENT_METHODS) repaymentMethod!: string;
  @ChoiceField(DAY_COUNTS) dayCount!: string;
  @MinorUnitsField() instalmentMinor!: string;
  @MinorUnitsField() totalInterestMinor!: string;
  @DayField() disbursedOn!: string;
  @DayField() maturesOn!: string;
  @DayField({ nullable: true }) settledOn!: string | null;
  @ObjectField(() => DueDto, { nullable: true }) nextDue!: DueDto | null;
  @WholeField(0, 100_000, { description: 'Calendar days past due.' }) dpd!: number;
  @ObjectField(() => PayoffDto, { nullable: true }) payoff!: PayoffDto | null;
  @InstantField() bookedAt!: string;
  @InstantField({ description: 'Last booking. What follows from the day alone (`dueMinor`, `dpd`, `payoff`) changes without one.' }) updatedAt!: string;
  @DayField() asOf!: string;
}

export class LoanListDto extends ListPageDto {
  @ObjectField(() => LoanDto, { list: { max: 200 }, description: 'Newest first.' }) items!: LoanDto[];
}

/** Query of `GET /v1/loans`; the days are those of the payout. */
export class ListLoansDto extends ListQueryDto {
  @ChoiceField(Object.keys(LOAN_STATUSES), { optional: true }) status?: string;
  @IdField({ optional: true, description: 'The loan of this application, if it has one.' }) applicationId?: string;
}

export class InstalmentDto extends DueDto {
  @DayField() startsOn!: string;
  @MinorUnitsField() balanceMinor!: string;
  @MinorUnitsField() paidPrincipalMinor!: string;
  @MinorUnitsField() paidInterestMinor!: string;
  @MinorUnitsField() waivedInterestMinor!: string;
  @ChoiceField(['paid', 'upcoming', 'due', 'overdue']) status!: string;
}

export class ScheduleTotalsDto {
  @MinorUnitsField() principalMinor!: string;
  @MinorUnitsField() interestMinor!: string;
  @MinorUnitsField() paidPrincipalMinor!: string;
  @MinorUnitsField() paidInterestMinor!: string;
  @MinorUnitsField() waivedInterestMinor!: string;
}

export class ScheduleDto {
  @IdField() loanId!: string;
  @DayField() asOf!: string;
  @ObjectField(() => InstalmentDto, { list: { max: 600 } }) items!: InstalmentDto[];
  @ObjectField(() => ScheduleTotalsDto) totals!: ScheduleTotalsDto;
}

/** Body of a repayment: one transfer, as the lender's bank shows it. */
export class RecordRepaymentDto {
  @FormField(/^-?\d{1,18}(\.\d{1,18})?$/, 'an amount in fen as a string', { description: 'A whole, positive number of fen.', example: '2585050' })
  amountMinor!: string;
  @FormField(/^[A-Z]{3}$/, 'three capital letters', { example: 'CNY' }) currency!: string;
  @DayField({ description: 'Business date (Asia/Shanghai) on which the money came in.', example: '2026-04-02' }) receivedOn!: string;
  @FormField(/^[\x21-\x7e]{1,100}$/, '1 to 100 printable ASCII characters without spaces', { description: 'The bank’s own name of the transfer.' })
  bankReference!: string;
}

/** How one repayment was spread (M-RS-05). */
export class AllocationDto {
  @MinorUnitsField() feesMinor!: string;
  @MinorUnitsField() penaltyMinor!: string;
  @MinorUnitsField() interestMinor!: string;
  @MinorUnitsField() principalMinor!: string;
  @MinorUnitsField({ description: 'Held for the borrower.' }) unallocatedMinor!: string;
  @OpenField({ list: { max: 2_000 }, description: 'Instalment, bucket and amount of every part.' }) lines!: object[];
}

export class RepaymentDto {
  @IdField() repaymentId!: string;
  @IdField({ nullable: true, description: 'The id under which the same transfer was reported before.' }) duplicateOf!: string | null;
  @IdField() loanId!: string;
  @MinorUnitsField() amountMinor!: string;
  @FormField(/^[A-Z]{3}$/, 'a currency', { example: 'CNY' }) currency!: string;
  @DayField() receivedOn!: string;
  @DayField({ description: 'Day from which the money counts.' }) valueOn!: string;
  @TextField(100) bankReference!: string;
  @ObjectField(() => AllocationDto) allocation!: AllocationDto;
  @MinorUnitsField() waivedInterestMinor!: string;
  @MinorUnitsField() outstandingPrincipalMinor!: string;
  @FlagField() settledLoan!: boolean;
  @InstantField() recordedAt!: string;
}

/** A transfer that waits for two persons of the lender; told again under its id, it answers how it stands. */
export class HeldRepaymentDto {
  @ChoiceField(['held']) state!: string;
  @ChoiceField(['MORE_THAN_OWED']) reason!: string;
  @IdField() repaymentId!: string;
  @IdField() loanId!: string;
  @MinorUnitsField() amountMinor!: string;
  @FormField(/^[A-Z]{3}$/, 'a currency', { example: 'CNY' }) currency!: string;
  @DayField() receivedOn!: string;
  @TextField(100) bankReference!: string;
  @InstantField() recordedAt!: string;
}

export class RepaymentListDto {
  @ObjectField(() => RepaymentDto, { list: { max: 500 }, description: 'In the order of recording.' }) items!: RepaymentDto[];
  @FormField(CURSOR, 'a cursor', { nullable: true, description: 'Send it as `cursor` to get the next page.' }) nextCursor!: string | null;
}

/** Query of the pages of a loan. */
export class LoanPageDto {
  @FormField(CURSOR, 'the nextCursor of the page before', { optional: true }) cursor?: string;
  @QueryWholeField(1, 500, { optional: true, example: 100 }) limit?: string;
}
