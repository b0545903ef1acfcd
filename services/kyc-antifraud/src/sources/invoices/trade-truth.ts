import { normalForm } from '@millrace/contracts';
import { firstMonthOf, materialMonthMinor, type Invoice } from '@millrace/invoices';
import type { InvoiceParameters } from '@millrace/policy';
import { monthsBetween } from '../months-between.js';

/** One buyer's share of positive valid sales. */
export interface BuyerShare {
  /** As the file writes it; parties are compared in normal form. */
  readonly counterparty: string;
  readonly shareBps: number;
  readonly circular: boolean;
}

/** Beyond so many buyers none has as much as a hundredth of the sales, if all are alike. */
const TOP_BUYERS = 100;
const WINDOW_MONTHS = 12;
/** Red letters may be many times the sales that are left; beyond a hundredfold no rule tells them apart. */
const LARGEST_BPS = 1_000_000;

/** What the invoices of a firm say about its trade (R-CR-05); shares in basis points, null where there is nothing to divide by. */
export interface TradeTruth {
  readonly invoiceCount: number;
  /** Sales that are more than nothing, void ones too. */
  readonly salesInvoiceCount: number;
  /** Valid sales of the 12 months that end with the reference month, VAT excluded, red letters deducted; never below zero. */
  readonly invoicedRevenue12mMinor: bigint;
  /** Months of those 12 with material net sales. */
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
  /** Months of the window after its last one with material net sales; 12 for a firm without any. */
  readonly silentMonths: number;
  /** Months from the last one with material sales or purchases to the reference month; null where there is none. */
  readonly staleMonths: number | null;
}

function shareBps(part: bigint | number, whole: bigint | number): number | null {
  // A share is a figure for rules, not money; the sums are exact, so the quotient is to the last place that is looked at.
  return whole > 0 ? Math.min(LARGEST_BPS, Math.round((Number(part) / Number(whole)) * 10_000)) : null;
}

interface Buyer {
  readonly written: string;
  minor: bigint;
}

/** Adds up the invoices of a file; sums are exact, whatever their size (F06). */
export class TradeTruthCollector {
  #invoices = 0;
  #sales = 0;
  #voidSales = 0;
  #voidMinor = 0n;
  #redLetters = 0;
  #redLetterMinor = 0n;
  #positiveMinor = 0n;
  #lastMonth = '';
  readonly #revenueByMonth = new Map<string, bigint>();
  readonly #costByMonth = new Map<string, bigint>();
  readonly #buyers = new Map<string, Buyer>();
  readonly #suppliers = new Set<string>();
  readonly #leastSaleMinor: number;

  constructor(private readonly parameters: Pick<InvoiceParameters, 'materialMonthBps' | 'leastSaleMinor'>) {
    this.#leastSaleMinor = Number(parameters.leastSaleMinor);
  }

  add(invoices: readonly Invoice[]): void {
    this.#invoices += invoices.length;
    for (const invoice of invoices) {
      const month = invoice.issuedOn.slice(0, 7);
      if (month > this.#lastMonth) this.#lastMonth = month;
      if (invoice.direction === 'sale') this.#addSale(invoice, month);
      else if (invoice.status === 'valid') this.#addPurchase(invoice, month);
    }
  }

  #addPurchase({ amountMinor, totalMinor, party }: Invoice, month: string): void {
    this.#costByMonth.set(month, (this.#costByMonth.get(month) ?? 0n) + BigInt(amountMinor));
    if (totalMinor > 0) this.#suppliers.add(party);
  }

  #addSale({ status, amountMinor, party, counterparty }: Invoice, month: string): void {
    // A sale of next to nothing is none: it must not thin out the share of the void ones (F08, F10).
    if (status === 'valid' && amountMinor >= 0 && amountMinor < this.#leastSaleMinor) return;
    this.#sales += 1;
    const amount = BigInt(amountMinor);
    if (status === 'void') {
      this.#voidSales += 1;
      this.#voidMinor += amount < 0n ? -amount : amount;
      return;
    }
    this.#revenueByMonth.set(month, (this.#revenueByMonth.get(month) ?? 0n) + amount);
    if (amountMinor < 0) {
      this.#redLetters += 1;
      this.#redLetterMinor -= amount;
      return;
    }
    this.#positiveMinor += amount;
    const buyer = this.#buyers.get(party);
    if (buyer) buyer.minor += amount;
    else this.#buyers.set(party, { written: counterparty, minor: amount });
  }

  /** `referenceMonth` (YYYY-MM) ends the 12 months. */
  finish(referenceMonth: string): TradeTruth {
    const firstMonth = firstMonthOf(referenceMonth, WINDOW_MONTHS);
    const inWindow = ([month]: readonly [string, bigint]): boolean => month >= firstMonth && month <= referenceMonth;
    const window = [...this.#revenueByMonth].filter(inWindow);
    const revenue = window.reduce((sum, [, minor]) => sum + minor, 0n);
    const activeMonths = this.#materialMonths(this.#revenueByMonth, referenceMonth).filter((month) => month >= firstMonth);
    const lastActive = activeMonths.at(-1);
    const lastTrade = [...this.#materialMonths(this.#revenueByMonth, referenceMonth), ...this.#materialMonths(this.#costByMonth, referenceMonth)].sort().at(-1);
    const months = (from: string): number => monthsBetween(`${from}-01`, `${referenceMonth}-01`);
    return {
      invoiceCount: this.#invoices,
      salesInvoiceCount: this.#sales,
      invoicedRevenue12mMinor: revenue > 0n ? revenue : 0n,
      activeMonths12m: activeMonths.length,
      voidShareBps: shareBps(this.#voidSales, this.#sales),
      voidAmountShareBps: shareBps(this.#voidMinor, this.#voidMinor + this.#positiveMinor),
      redLetterShareBps: shareBps(this.#redLetters, this.#sales - this.#voidSales),
      redLetterAmountShareBps: shareBps(this.#redLetterMinor, this.#positiveMinor),
      ...this.#buyerShares(),
      lastMonth: this.#lastMonth || null,
      silentMonths: lastActive === undefined ? WINDOW_MONTHS : months(lastActive),
      staleMonths: lastTrade === undefined ? null : months(lastTrade),
    };
  }

  #buyerShares(): Pick<TradeTruth, 'topBuyerShareBps' | 'circularShareBps' | 'topBuyers'> {
    const buyers = [...this.#buyers].sort(([, a], [, b]) => (a.minor < b.minor ? 1 : a.minor > b.minor ? -1 : 0));
    const circular = buyers.reduce((sum, [party, { minor }]) => (this.#suppliers.has(party) ? sum + minor : sum), 0n);
    return {
      topBuyerShareBps: shareBps(buyers[0]?.[1].minor ?? 0n, this.#positiveMinor),
      circularShareBps: shareBps(circular, this.#positiveMinor),
      topBuyers: buyers.slice(0, TOP_BUYERS).map(([party, { written, minor }]) => ({
        counterparty: written,
        shareBps: shareBps(minor, this.#positiveMinor) ?? 0,
        circular: this.#suppliers.has(party),
      })),
    };
  }

  #materialMonths(nets: ReadonlyMap<string, bigint>, referenceMonth: string): string[] {
    const known = [...nets].filter(([month]) => month <= referenceMonth);
    const least = materialMonthMinor(
      known.map(([, minor]) => minor),
      this.parameters.materialMonthBps,
    );
    return known
      .filter(([, minor]) => minor >= least)
      .map(([month]) => month)
      .sort();
  }
}

/** Share of sales to related parties: circular buyers, and large buyers that the registry names as related, in whatever way either writes them (F09). */
export function relatedShareBps(truth: Pick<TradeTruth, 'circularShareBps' | 'topBuyers'>, related: Iterable<string>): number | null {
  if (truth.circularShareBps === null) return null;
  const forms = new Set([...related].map(normalForm));
  return truth.topBuyers.reduce(
    (sum, buyer) => (!buyer.circular && forms.has(normalForm(buyer.counterparty)) ? sum + buyer.shareBps : sum),
    truth.circularShareBps,
  );
}
