import { firstMonthOf, type InvoiceRow } from '@millrace/invoices';
import { monthsBetween } from './months-between.js';

/** One buyer's share of positive valid sales. */
export interface BuyerShare {
  readonly counterparty: string;
  readonly shareBps: number;
  readonly circular: boolean;
}

const TOP_BUYERS = 20;
const WINDOW_MONTHS = 12;

/** What the invoices of a firm say about its trade (R-CR-05); shares in basis points, null where there is nothing to divide by. */
export interface TradeTruth {
  readonly invoiceCount: number;
  readonly salesInvoiceCount: number;
  /** Valid sales of the 12 months that end with the reference month, VAT excluded, red letters deducted; never below zero. */
  readonly invoicedRevenue12mMinor: bigint;
  /** Months of those 12 with net sales. */
  readonly activeMonths12m: number;
  /** Void sales ÷ all sales, by count, over the whole batch. */
  readonly voidShareBps: number | null;
  readonly voidAmountShareBps: number | null;
  /** Red letters ÷ valid sales, by count, over the whole batch. */
  readonly redLetterShareBps: number | null;
  readonly redLetterAmountShareBps: number | null;
  /** Largest buyer's share of positive valid sales. */
  readonly topBuyerShareBps: number | null;
  /** Share of positive valid sales to buyers that also sell to the firm (circular invoices). */
  readonly circularShareBps: number | null;
  /** The largest buyers, to be held against the registry's related parties. */
  readonly topBuyers: readonly BuyerShare[];
  readonly lastMonth: string | null;
  /** Months of the window after its last one with net sales; 12 for a firm without any. */
  readonly silentMonths: number;
}

function shareBps(part: number, whole: number): number | null {
  // Shares are figures for rules, not money: a number is exact enough, and totals stay below 2^53 fen.
  return whole > 0 ? Math.round((part / whole) * 10_000) : null;
}

/** Adds up invoices chunk by chunk; its memory grows with months and counterparties, never with invoices. */
export class TradeTruthCollector {
  #invoices = 0;
  #sales = 0;
  #voidSales = 0;
  #voidMinor = 0;
  #redLetters = 0;
  #redLetterMinor = 0;
  #positiveMinor = 0;
  #lastMonth = '';
  readonly #revenueByMonth = new Map<string, number>();
  readonly #salesByBuyer = new Map<string, number>();
  readonly #suppliers = new Set<string>();

  add(rows: readonly InvoiceRow[]): void {
    this.#invoices += rows.length;
    for (const row of rows) {
      const month = row.issuedOn.slice(0, 7);
      if (month > this.#lastMonth) this.#lastMonth = month;
      if (row.direction === 'sale') this.#addSale(row, month);
      else if (row.status === 'valid' && row.totalMinor > 0) this.#suppliers.add(row.counterparty);
    }
  }

  #addSale(row: InvoiceRow, month: string): void {
    this.#sales += 1;
    if (row.status === 'void') {
      this.#voidSales += 1;
      this.#voidMinor += Math.abs(row.amountMinor);
      return;
    }
    this.#revenueByMonth.set(month, (this.#revenueByMonth.get(month) ?? 0) + row.amountMinor);
    if (row.amountMinor < 0) {
      this.#redLetters += 1;
      this.#redLetterMinor -= row.amountMinor;
      return;
    }
    this.#positiveMinor += row.amountMinor;
    this.#salesByBuyer.set(row.counterparty, (this.#salesByBuyer.get(row.counterparty) ?? 0) + row.amountMinor);
  }

  /** `referenceMonth` (YYYY-MM) ends the 12 months; the data's own last month where it is null. */
  finish(referenceMonth: string | null): TradeTruth {
    const lastMonth = referenceMonth ?? this.#lastMonth;
    const firstMonth = lastMonth === '' ? '' : firstMonthOf(lastMonth, WINDOW_MONTHS);
    const window = [...this.#revenueByMonth].filter(([month]) => month >= firstMonth && month <= lastMonth);
    const lastActive = window
      .filter(([, minor]) => minor > 0)
      .map(([month]) => month)
      .sort()
      .at(-1);
    const revenue = window.reduce((sum, [, minor]) => sum + minor, 0);
    const buyers = [...this.#salesByBuyer].sort(([, a], [, b]) => b - a);
    const circular = buyers.reduce((sum, [buyer, minor]) => (this.#suppliers.has(buyer) ? sum + minor : sum), 0);
    return {
      invoiceCount: this.#invoices,
      salesInvoiceCount: this.#sales,
      invoicedRevenue12mMinor: BigInt(Math.max(0, revenue)),
      activeMonths12m: window.filter(([, minor]) => minor > 0).length,
      voidShareBps: shareBps(this.#voidSales, this.#sales),
      voidAmountShareBps: shareBps(this.#voidMinor, this.#voidMinor + this.#positiveMinor),
      redLetterShareBps: shareBps(this.#redLetters, this.#sales - this.#voidSales),
      redLetterAmountShareBps: shareBps(this.#redLetterMinor, this.#positiveMinor),
      topBuyerShareBps: shareBps(buyers[0]?.[1] ?? 0, this.#positiveMinor),
      circularShareBps: shareBps(circular, this.#positiveMinor),
      topBuyers: buyers
        .slice(0, TOP_BUYERS)
        .map(([counterparty, minor]) => ({ counterparty, shareBps: shareBps(minor, this.#positiveMinor) ?? 0, circular: this.#suppliers.has(counterparty) })),
      lastMonth: this.#lastMonth || null,
      silentMonths: lastActive === undefined ? WINDOW_MONTHS : monthsBetween(`${lastActive}-01`, `${lastMonth}-01`),
    };
  }
}

/** Share of sales to related parties: circular buyers, and large buyers that the registry names as related. */
export function relatedShareBps(truth: Pick<TradeTruth, 'circularShareBps' | 'topBuyers'>, related: ReadonlySet<string>): number | null {
  if (truth.circularShareBps === null) return null;
  return truth.topBuyers.reduce((sum, buyer) => (!buyer.circular && related.has(buyer.counterparty) ? sum + buyer.shareBps : sum), truth.circularShareBps);
}
