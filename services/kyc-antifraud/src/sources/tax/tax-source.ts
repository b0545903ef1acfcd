import { IsMinorUnits, IsNested, IsUnsignedMinorUnits, TAX_CLASSES, type TaxClass } from '@millrace/contracts';
import { IsIn, IsInt, ValidateIf } from 'class-validator';
import type { SourceDefinition } from '../source.js';

/** Last year's statement, as filed with the tax authority. */
export class TaxStatement {
  /** Cash flow available for debt service; negative for a firm that burns cash. */
  @IsMinorUnits() cfads12mMinor!: string;
  @IsMinorUnits() ownFundsMinor!: string;
  @IsInt() profitMarginBps!: number;
  @IsInt() growthBps!: number;
  @IsInt() inventoryDays!: number;
  @IsInt() receivableDays!: number;
  @IsInt() payableDays!: number;
  @IsInt() prepaidDays!: number;
  @IsInt() advanceDays!: number;
  @IsUnsignedMinorUnits() workingCapitalLoansMinor!: string;
  @IsUnsignedMinorUnits() otherChannelsMinor!: string;
  @IsUnsignedMinorUnits() revenuePriorYearMinor!: string;
}

/** Tax bureau. */
export class TaxReply {
  @IsIn(TAX_CLASSES) taxClass!: TaxClass;
  @IsUnsignedMinorUnits() taxPaid12mMinor!: string;
  @IsUnsignedMinorUnits() arrearsMinor!: string;
  @IsUnsignedMinorUnits() declaredAnnualRevenueMinor!: string;
  /** Null for a firm that filed none; a reply without the field is no answer. */
  @ValidateIf((reply: TaxReply) => reply.statement !== null) @IsNested(() => TaxStatement) statement!: TaxStatement | null;
}

/** The tax bureau: what the firm declared, paid and owes. */
export const taxSource: SourceDefinition = {
  party: 'tax',
  consents: ['C5'],
  maxAgeDays: (freshness) => freshness.taxDays,
  namesPerson: false,
  reply: TaxReply,
  call: ({ subject: { uscc }, queryId, consentId }) => ({ method: 'PUT', path: `/v1/tax/queries/${queryId}`, body: { uscc, consentId } }),
};
