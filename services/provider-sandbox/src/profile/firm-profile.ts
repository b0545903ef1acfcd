import { IsUnsignedMinorUnits } from '@millrace/contracts';
import { IsIn } from 'class-validator';
import { FirmRecord, type BankAccount, type Person, type TaxStatement } from './firm-record.js';
import { IsIntBetween, IsMonth, Settable } from './profile-rules.js';

/** VAT rates that a made firm invoices at. */
export const VAT_RATES_PERCENT = [13, 9, 6, 3, 1] as const;

/** A made firm: what is known of it, and how its invoices come about. Shares in basis points. */
export class FirmProfile extends FirmRecord {
  /** Valid sales of the 12 months up to `referenceMonth`, red letters deducted, VAT excluded: what the invoices sum to exactly. */
  @Settable() @IsUnsignedMinorUnits() revenue12mMinor!: string;
  /** Last month of "the last 12 months". */
  @Settable() @IsMonth() referenceMonth!: string;
  /** Months of invoices up to and with the reference month. */
  @Settable() @IsIntBetween(0, 120) historyMonths!: number;
  /** Sales of a year over those of the year before, less one. */
  @Settable() @IsIntBetween(-9_000, 50_000) growthBps!: number;
  /** (Sales − purchases) ÷ sales. */
  @Settable() @IsIntBetween(-50_000, 10_000) grossMarginBps!: number;
  /** Deviation of monthly sales over their mean. */
  @Settable() @IsIntBetween(0, 30_000) variabilityBps!: number;
  /** Months without a sale at the end. */
  @Settable() @IsIntBetween(0, 120) monthsSinceLastSale!: number;
  @Settable() @IsIntBetween(1, 200) salesInvoicesPerMonth!: number;
  @Settable() @IsIntBetween(1, 500) buyerCount!: number;
  @Settable() @IsIntBetween(1, 500) supplierCount!: number;
  /** Share of sales to the largest buyer, whose code is `C0001`. */
  @Settable() @IsIntBetween(0, 10_000) topBuyerShareBps!: number;
  /** Share of sales to buyers that also sell to the firm. */
  @Settable() @IsIntBetween(0, 10_000) circularShareBps!: number;
  /** Void among all sales invoices, by count. */
  @Settable() @IsIntBetween(0, 9_000) voidShareBps!: number;
  /** Red letters among valid sales invoices, by count. */
  @Settable() @IsIntBetween(0, 4_500) redLetterShareBps!: number;
  @Settable() @IsIn(VAT_RATES_PERCENT) vatRatePercent!: (typeof VAT_RATES_PERCENT)[number];
}

/** How the invoices of a made firm come about. */
export type TradeProfile = Omit<FirmProfile, keyof FirmRecord>;

/** Fields that a caller has set; persons, accounts and statements may be set in part. */
export type ProfileSettings = Partial<Omit<FirmProfile, 'legalRepresentative' | 'bankAccount' | 'statement'>> & {
  readonly legalRepresentative?: Partial<Person>;
  readonly bankAccount?: Partial<BankAccount>;
  readonly statement?: Partial<TaxStatement> | null;
};

/** Most revenue that whole fen are added exactly for: a trillion yuan. */
export const MAX_REVENUE_MINOR = 100_000_000_000_000n;

/** What a firm that filed no statement has, where parts of one are set. */
const EMPTY_STATEMENT: TaxStatement = {
  cfads12mMinor: '0',
  ownFundsMinor: '0',
  profitMarginBps: 0,
  growthBps: 0,
  inventoryDays: 0,
  receivableDays: 0,
  payableDays: 0,
  prepaidDays: 0,
  advanceDays: 0,
  workingCapitalLoansMinor: '0',
  otherChannelsMinor: '0',
  revenuePriorYearMinor: '0',
};

function merged<T extends object>(current: T, given: Partial<T> = {}): T {
  return { ...current, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

/** Sets fields of a profile; persons, accounts and statements field by field. */
export function withSettings(profile: FirmProfile, settings: ProfileSettings): FirmProfile {
  const set = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const { statement } = settings;
  return {
    ...profile,
    ...set,
    legalRepresentative: merged(profile.legalRepresentative, settings.legalRepresentative),
    bankAccount: merged(profile.bankAccount, settings.bankAccount),
    statement: statement ? merged(profile.statement ?? EMPTY_STATEMENT, statement) : statement === null ? null : profile.statement,
  };
}

/** Why no firm can be like this, one sentence; undefined where it can. */
export function contradictionOf(profile: FirmProfile): string | undefined {
  const revenue = BigInt(profile.revenue12mMinor);
  if (revenue > MAX_REVENUE_MINOR) return 'revenue12mMinor is over a trillion yuan, beyond what is added exactly.';
  if (revenue > 0n && Math.min(profile.historyMonths, 12) <= profile.monthsSinceLastSale)
    return 'revenue12mMinor needs a month with sales: make historyMonths longer, or monthsSinceLastSale shorter.';
  if (profile.owners.reduce((sum, { sharePercent }) => sum + sharePercent, 0) !== 100) return 'The shares of the owners do not sum to 100.';
  if (BigInt(profile.unsecuredDebtMinor) > BigInt(profile.totalDebtMinor)) return 'unsecuredDebtMinor is a part of totalDebtMinor and cannot be more.';
  if (profile.legalRepresentativeSince < profile.establishedOn) return 'legalRepresentativeSince is before establishedOn.';
  return undefined;
}
