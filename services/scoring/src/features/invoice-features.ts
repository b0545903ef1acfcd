import type { Invoice, InvoiceFile } from '@millrace/invoices';
import type { InvoiceParameters } from '@millrace/policy';
import { InvoiceSide, type Concentration } from './invoice-side.js';
import type { InvoiceFeatures, InvoiceInput, PartyInput, SideInput } from './invoice-input.js';
import { monthIndexOf, monthOfIndex } from './month-index.js';
import { worseOf } from './worse-reading.js';

const YUAN = 100;
const WINDOW_MONTHS = 36;

function ratio(part: bigint | number, whole: bigint | number): number | null {
  return whole > 0 ? Number(part) / Number(whole) : null;
}

const atLeastZero = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
const yuanOf = (minor: bigint): number => Number(minor) / YUAN;
const larger = (one: number | null, other: number | null): number | null => (one === null || other === null ? (one ?? other) : Math.max(one, other));

/** Share of void invoices, by number or by amount, whichever is larger: few large ones do not hide behind many small ones (F10). */
function voidShare(side: InvoiceSide, window: number): number | null {
  const [count, minor] = [side.sum('voidCount', window), side.sum('voidMinor', window)];
  return larger(ratio(count, count + side.sum('validCount', window)), ratio(minor, minor + side.sum('grossMinor', window)));
}

/** The largest three months in a row of the twelve. */
function peakQuarter(recent: readonly bigint[]): bigint {
  return recent.slice(2).reduce((peak, month, at) => {
    const quarter = month + recent[at]! + recent[at + 1]!;
    return quarter > peak ? quarter : peak;
  }, 0n);
}

function longestGap(months: readonly boolean[]): number {
  let longest = 0;
  let current = 0;
  for (const active of months) {
    current = active ? 0 : current + 1;
    longest = Math.max(longest, current);
  }
  return longest;
}

function variabilityOf(months: readonly bigint[]): number | null {
  const amounts = months.map(Number);
  const mean = amounts.reduce((sum, amount) => sum + amount, 0) / Math.max(amounts.length, 1);
  const variance = amounts.reduce((sum, amount) => sum + (amount - mean) ** 2, 0) / Math.max(amounts.length, 1);
  return mean > 0 ? Math.sqrt(variance) / mean : null;
}

function sideInputs(side: InvoiceSide, observed: number, sinceLast: number | null): Record<SideInput, number | null> {
  const months = side.netByMonth(Math.min(WINDOW_MONTHS, observed));
  const recent = side.netByMonth(12);
  const isActive = (net: bigint): boolean => net >= side.leastMonthMinor;
  const change = (window: number): number | null => {
    const before = side.sum('netMinor', window, 12);
    return before > 0n ? Number(side.sum('netMinor', window)) / Number(before) - 1 : null;
  };
  return {
    Void12mRatio: voidShare(side, 12),
    Void36mRatio: voidShare(side, WINDOW_MONTHS),
    RedLetter12mRatio: ratio(side.sum('redMinor', 12), side.sum('grossMinor', 12)),
    RedLetter36mRatio: ratio(side.sum('redMinor', WINDOW_MONTHS), side.sum('grossMinor', WINDOW_MONTHS)),
    Growth12m: change(12),
    Active12mShare: recent.filter(isActive).length / 12,
    Active36mShare: ratio(months.filter(isActive).length, months.length),
    Variability36m: variabilityOf(months),
    LongestGap36mMonths: longestGap(months.map(isActive)),
    MonthsSinceLast: sinceLast,
    Trend3m: change(3),
    Trend6m: change(6),
    PeakQuarterShare12m: ratio(peakQuarter(recent), side.sum('netMinor', 12)),
    AverageInvoice12mYuan: ratio(yuanOf(side.sum('grossMinor', 12)), side.sum('validCount', 12)),
  };
}

function partyInputs(side: InvoiceSide): Record<PartyInput, number | null> {
  const named = (window: 12 | 36, { count, top1, top5, hhi }: Concentration) =>
    ({ [`${window}mCount`]: count, [`Top1Share${window}m`]: top1, [`Top5Share${window}m`]: top5, [`Hhi${window}m`]: hhi }) as Record<PartyInput, number | null>;
  return { ...named(12, side.concentration(12)), ...named(36, side.concentration(36)), Retention: side.retention() };
}

function named<Prefix extends string, Key extends string>(prefix: Prefix, inputs: Record<Key, number | null>): Record<`${Prefix}${Key}`, number | null> {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [`${prefix}${key}`, value])) as Record<`${Prefix}${Key}`, number | null>;
}

/** One reading of a firm's invoices. */
class Reading {
  readonly sales: InvoiceSide;
  readonly purchases: InvoiceSide;
  laterCount = 0;

  constructor(
    invoices: Iterable<Invoice>,
    private readonly referenceIndex: number,
    parameters: InvoiceParameters,
  ) {
    this.sales = new InvoiceSide(referenceIndex, parameters, BigInt(parameters.leastSaleMinor));
    // A purchase is a cost, however small.
    this.purchases = new InvoiceSide(referenceIndex, parameters, 0n);
    for (const invoice of invoices) {
      const index = monthIndexOf(invoice.issuedOn);
      if (index > referenceIndex) this.laterCount += 1;
      else (invoice.direction === 'sale' ? this.sales : this.purchases).add(invoice, index);
    }
  }

  inputs(): Record<InvoiceInput, number | null> {
    const { sales, purchases, referenceIndex } = this;
    // The history begins with the first month of trade: a sale of a fen years ago is no history (F08).
    const months = [...sales.materialMonths(), ...purchases.materialMonths()];
    const observed = months.length === 0 ? 0 : referenceIndex - months.reduce((first, index) => Math.min(first, index)) + 1;
    const known = observed > 0;
    const [revenue12m, purchases12m] = [sales, purchases].map((side) => atLeastZero(side.sum('netMinor', 12))) as [bigint, bigint];
    const [revenue36m, purchases36m] = [sales, purchases].map((side) => atLeastZero(side.sum('netMinor', WINDOW_MONTHS))) as [bigint, bigint];
    return {
      monthsObserved: observed,
      // Longer than three years says when the extract began rather than anything about the firm.
      monthsObserved36m: Math.min(observed, WINDOW_MONTHS),
      revenue12mYuan: known ? yuanOf(revenue12m) : null,
      revenue36mYuan: known ? yuanOf(revenue36m) : null,
      purchases12mYuan: known ? yuanOf(purchases12m) : null,
      purchases36mYuan: known ? yuanOf(purchases36m) : null,
      grossMargin12m: ratio(revenue12m - purchases12m, revenue12m),
      grossMargin36m: ratio(revenue36m - purchases36m, revenue36m),
      salesPerPurchase12m: ratio(revenue12m, purchases12m),
      salesPerPurchase36m: ratio(revenue36m, purchases36m),
      netVat12mYuan: known ? yuanOf(this.netVat12m()) : null,
      ...named('sales', sideInputs(sales, observed, this.#sinceLast(sales))),
      ...named('purchase', sideInputs(purchases, observed, this.#sinceLast(purchases))),
      ...named('buyer', partyInputs(sales)),
      ...named('supplier', partyInputs(purchases)),
    };
  }

  netVat12m(): bigint {
    return this.sales.sum('taxMinor', 12) - this.purchases.sum('taxMinor', 12);
  }

  #sinceLast(side: InvoiceSide): number | null {
    const months = side.materialMonths();
    return months.length === 0 ? null : this.referenceIndex - months.reduce((last, index) => Math.max(last, index));
  }
}

/**
 * Features of one firm's invoices (feature set v2). Training and serving use this same function, so a feature cannot mean two things. Sums are
 * exact; a month counts from a share of the usual month on; parties are those of the normal form. Where a sale is doubted, each input takes the
 * worse of the readings with and without it, so that no doubt raises a score. `referenceMonth` is YYYY-MM; throws RangeError for anything else.
 */
export function computeInvoiceFeatures(
  { invoices, doubted }: Pick<InvoiceFile, 'invoices' | 'doubted'>,
  referenceMonth: string,
  parameters: InvoiceParameters,
): InvoiceFeatures {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(referenceMonth)) throw new RangeError(`not a month: ${referenceMonth}`);
  const referenceIndex = monthIndexOf(referenceMonth);
  const reading = new Reading(invoices, referenceIndex, parameters);
  const inputs = reading.inputs();
  return {
    referenceMonth: monthOfIndex(referenceIndex),
    rowCount: invoices.length,
    laterRowCount: reading.laterCount,
    revenue12mMinor: atLeastZero(reading.sales.sum('netMinor', 12)),
    purchases12mMinor: atLeastZero(reading.purchases.sum('netMinor', 12)),
    netVat12mMinor: reading.netVat12m(),
    inputs: doubted.length === 0 ? inputs : worseOf(inputs, new Reading([...invoices, ...doubted], referenceIndex, parameters).inputs()),
  };
}
