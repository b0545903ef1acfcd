import { ChoiceField, DayField, FlagField, FormField, IdField, InstantField, MinorUnitsField, ObjectField, TextField } from '../openapi/fields.js';

/** One side of an entry. */
export class JournalLineDto {
  @TextField(4, { example: '1303' }) account!: string;
  @TextField(100) accountName!: string;
  @MinorUnitsField() debitMinor!: string;
  @MinorUnitsField() creditMinor!: string;
}

/** One movement of money; its debits and credits are equal. */
export class JournalEntryDto {
  @IdField() entryId!: string;
  @ChoiceField(['LOAN_BOOKED', 'REPAYMENT', 'HELD_CREDIT']) sourceKind!: string;
  @IdField({ nullable: true, description: 'Payout or repayment; null for the use of money that was held.' }) sourceId!: string | null;
  @DayField() postedOn!: string;
  @DayField({ description: 'Day from which the money counts.' }) valueOn!: string;
  @InstantField() recordedAt!: string;
  @ObjectField(() => JournalLineDto, { list: { max: 100 } }) lines!: JournalLineDto[];
}

export class JournalTotalsDto {
  @MinorUnitsField() debitMinor!: string;
  @MinorUnitsField() creditMinor!: string;
}

export class AccountBalanceDto {
  @TextField(4, { example: '1303' }) account!: string;
  @TextField(100) accountName!: string;
  @FormField(/^(0|-?[1-9]\d{0,17})$/, 'minor units (fen) as a string', { description: 'Debits less credits.' }) balanceMinor!: string;
}

/** The journal of a loan, oldest first; the totals are of all entries, whatever the page. */
export class JournalDto {
  @IdField() loanId!: string;
  @ObjectField(() => JournalEntryDto, { list: { max: 500 } }) items!: JournalEntryDto[];
  @FormField(/^\d{1,18}$/, 'a cursor', { nullable: true, description: 'Send it as `cursor` to get the next page.' }) nextCursor!: string | null;
  @ObjectField(() => JournalTotalsDto) totals!: JournalTotalsDto;
  @ObjectField(() => AccountBalanceDto, { list: { max: 100 } }) accounts!: AccountBalanceDto[];
  @FlagField() balanced!: boolean;
}
