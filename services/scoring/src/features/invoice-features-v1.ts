import type { InvoiceRow } from '@millrace/invoices';
import type { InvoiceFeatures, InvoiceInput, PartyInput, SideInput } from './invoice-input.js';
import { InvoiceSideV1 } from './invoice-side-v1.js';
import { monthIndexOf, monthOfIndex } from './month-index.js';

const YUAN = 100;

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function sideInputs(side: InvoiceSideV1, observed: number, sinceLast: number | null): Record<SideInput, number | null> {
  const months = side.netByMonth(Math.min(36, observed));
  const recent = side.netByMonth(12);
  const mean = months.reduce((sum, month) => sum + month, 0) / Math.max(months.length, 1);
  const variance = months.reduce((sum, month) => sum + (month - mean) ** 2, 0) / Math.max(months.length, 1);
  const peak = Math.max(...recent.slice(2).map((month, at) => month + recent[at]! + recent[at + 1]!));
  const voidRatio = (window: number): number | null => {
    const voided = side.sum('voidCount', window);
    return ratio(voided, voided + side.sum('validCount', window));
  };
  const change = (window: number): number | null => {
    const before = side.sum('netMinor', window, 12);
    return before > 0 ? side.sum('netMinor', window) / before - 1 : null;
  };
  return {
    Void12mRatio: voidRatio(12),
    Void36mRatio: voidRatio(36),
    RedLetter12mRatio: ratio(side.sum('redMinor', 12), side.sum('grossMinor', 12)),
    RedLetter36mRatio: ratio(side.sum('redMinor', 36), side.sum('grossMinor', 36)),
    Growth12m: change(12),
    Active12mShare: recent.filter((month) => month > 0).length / 12,
    Active36mShare: ratio(months.filter((month) => month > 0).length, months.length),
    Variability36m: mean > 0 ? Math.sqrt(variance) / mean : null,
    LongestGap36mMonths: longestGap(months),
    MonthsSinceLast: sinceLast,
    Trend3m: change(3),
    Trend6m: change(6),
    PeakQuarterShare12m: ratio(Math.max(peak, 0), side.sum('netMinor', 12)),
    AverageInvoice12mYuan: ratio(side.sum('grossMinor', 12) / YUAN, side.sum('validCount', 12)),
  };
}

function longestGap(months: readonly number[]): number {
  let longest = 0;
  let current = 0;
  for (const month of months) {
    current = month > 0 ? 0 : current + 1;
    longest = Math.max(longest, current);
  }
  return longest;
}

function partyInputs(side: InvoiceSideV1): Record<PartyInput, number | null> {
  const last12 = side.concentration(12);
  const last36 = side.concentration(36);
  return {
    '12mCount': last12.count,
    '36mCount': last36.count,
    Top1Share12m: last12.top1,
    Top5Share12m: last12.top5,
    Hhi12m: last12.hhi,
    Top1Share36m: last36.top1,
    Top5Share36m: last36.top5,
    Hhi36m: last36.hhi,
    Retention: side.retention(),
  };
}

function named<Prefix extends string, Key extends string>(prefix: Prefix, inputs: Record<Key, number | null>): Record<`${Prefix}${Key}`, number | null> {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [`${prefix}${key}`, value])) as Record<`${Prefix}${Key}`, number | null>;
}

/**
 * Feature set v1, one row at a time. Frozen: what was verified under it is scored with it, and the training of `sme-invoice-v1` can be repeated.
 * Everything new uses `computeInvoiceFeatures`.
 */
export class InvoiceFeatureAccumulatorV1 {
  readonly #referenceIndex: number;
  readonly #sales: InvoiceSideV1;
  readonly #purchases: InvoiceSideV1;
  #firstIndex: number | undefined;
  #rowCount = 0;
  #laterRowCount = 0;

  /** `referenceMonth` (YYYY-MM): the data's own last month, from which "12 months" count back. */
  constructor(referenceMonth: string) {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(referenceMonth)) throw new RangeError(`not a month: ${referenceMonth}`);
    this.#referenceIndex = monthIndexOf(referenceMonth);
    this.#sales = new InvoiceSideV1(this.#referenceIndex);
    this.#purchases = new InvoiceSideV1(this.#referenceIndex);
  }

  add(row: InvoiceRow): void {
    this.#rowCount += 1;
    const index = monthIndexOf(row.issuedOn);
    if (index > this.#referenceIndex) {
      this.#laterRowCount += 1;
      return;
    }
    if (this.#firstIndex === undefined || index < this.#firstIndex) this.#firstIndex = index;
    (row.direction === 'sale' ? this.#sales : this.#purchases).add(row, index);
  }

  /** Throws RangeError where sums are beyond exact integers (about 90 trillion yuan). */
  finish(): InvoiceFeatures {
    const observed = this.#firstIndex === undefined ? 0 : this.#referenceIndex - this.#firstIndex + 1;
    const revenue12m = Math.max(this.#sales.sum('netMinor', 12), 0);
    const purchases12m = Math.max(this.#purchases.sum('netMinor', 12), 0);
    const netVat = this.#sales.sum('taxMinor', 12) - this.#purchases.sum('taxMinor', 12);
    return {
      referenceMonth: monthOfIndex(this.#referenceIndex),
      rowCount: this.#rowCount,
      laterRowCount: this.#laterRowCount,
      revenue12mMinor: BigInt(revenue12m),
      purchases12mMinor: BigInt(purchases12m),
      netVat12mMinor: BigInt(netVat),
      inputs: this.#inputs(observed, revenue12m, purchases12m, netVat),
    };
  }

  #inputs(observed: number, revenue12m: number, purchases12m: number, netVat: number): Record<InvoiceInput, number | null> {
    const known = observed > 0;
    const revenue36m = Math.max(this.#sales.sum('netMinor', 36), 0);
    const purchases36m = Math.max(this.#purchases.sum('netMinor', 36), 0);
    return {
      monthsObserved: observed,
      // Longer than three years says when the extract began rather than anything about the firm.
      monthsObserved36m: Math.min(observed, 36),
      revenue12mYuan: known ? revenue12m / YUAN : null,
      revenue36mYuan: known ? revenue36m / YUAN : null,
      purchases12mYuan: known ? purchases12m / YUAN : null,
      purchases36mYuan: known ? purchases36m / YUAN : null,
      grossMargin12m: ratio(revenue12m - purchases12m, revenue12m),
      grossMargin36m: ratio(revenue36m - purchases36m, revenue36m),
      salesPerPurchase12m: ratio(revenue12m, purchases12m),
      salesPerPurchase36m: ratio(revenue36m, purchases36m),
      netVat12mYuan: known ? netVat / YUAN : null,
      ...named('sales', sideInputs(this.#sales, observed, this.#sinceLast(this.#sales))),
      ...named('purchase', sideInputs(this.#purchases, observed, this.#sinceLast(this.#purchases))),
      ...named('buyer', partyInputs(this.#sales)),
      ...named('supplier', partyInputs(this.#purchases)),
    };
  }

  #sinceLast(side: InvoiceSideV1): number | null {
    let last: number | undefined;
    for (const [index, month] of side.months) if (month.validCount > 0 && (last === undefined || index > last)) last = index;
    return last === undefined ? null : this.#referenceIndex - last;
  }
}
