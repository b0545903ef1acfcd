import type { InvoiceRow } from '@millrace/invoices';

/** What one month of one direction adds up to, in fen; amounts are without tax. */
export interface MonthTotals {
  /** Valid invoices, red letters deducted. */
  netMinor: number;
  taxMinor: number;
  /** Valid invoices of a positive amount only. */
  grossMinor: number;
  /** Absolute amount of valid invoices of a negative amount (red letters, 红字). */
  redMinor: number;
  validCount: number;
  voidCount: number;
}

interface CounterpartyTotals {
  net12mMinor: number;
  net36mMinor: number;
  boughtLast12m: boolean;
  boughtPrior12m: boolean;
}

/** How an amount is spread over counterparties; shares are of the positive net amounts. */
export interface Concentration {
  readonly count: number;
  readonly top1: number | null;
  readonly top5: number | null;
  /** Herfindahl index, Σ share². */
  readonly hhi: number | null;
}

/** One direction (sales or purchases) of a firm: holds months and counterparties, never invoices (feature set v1, frozen). */
export class InvoiceSideV1 {
  readonly months = new Map<number, MonthTotals>();
  readonly #counterparties = new Map<string, CounterpartyTotals>();

  constructor(private readonly referenceIndex: number) {}

  /** Adds an invoice of month `index`; `index` must not be after the reference month. */
  add(row: InvoiceRow, index: number): void {
    const month = this.#monthOf(index);
    if (row.status === 'void') {
      month.voidCount += 1;
      return;
    }
    month.validCount += 1;
    month.netMinor += row.amountMinor;
    month.taxMinor += row.taxMinor;
    if (row.amountMinor < 0) month.redMinor -= row.amountMinor;
    else month.grossMinor += row.amountMinor;
    const age = this.referenceIndex - index;
    if (age < 36) this.#addToCounterparty(row, age);
  }

  /** Sum of a figure over the `months` that end `endAge` months before the reference month. */
  sum(figure: keyof MonthTotals, months: number, endAge = 0): number {
    let total = 0;
    for (const [index, month] of this.months) {
      const age = this.referenceIndex - index;
      if (age >= endAge && age < endAge + months) total += month[figure];
    }
    if (!Number.isSafeInteger(total)) throw new RangeError(`the sum of ${figure} is beyond what can be added exactly`);
    return total;
  }

  /** Net amount of each of the last `months`, oldest first. */
  netByMonth(months: number): number[] {
    return Array.from({ length: months }, (_, at) => this.months.get(this.referenceIndex - months + 1 + at)?.netMinor ?? 0);
  }

  /** Concentration over the counterparties of the last 12 or 36 months. */
  concentration(window: 12 | 36): Concentration {
    const amounts: number[] = [];
    let count = 0;
    let total = 0;
    for (const counterparty of this.#counterparties.values()) {
      if (window === 36 || counterparty.boughtLast12m) count += 1;
      const amount = window === 12 ? counterparty.net12mMinor : counterparty.net36mMinor;
      if (amount <= 0) continue;
      amounts.push(amount);
      total += amount;
    }
    if (total === 0) return { count, top1: null, top5: null, hhi: null };
    amounts.sort((a, b) => b - a);
    const top5 = amounts.slice(0, 5).reduce((sum, amount) => sum + amount, 0);
    return { count, top1: amounts[0]! / total, top5: top5 / total, hhi: amounts.reduce((sum, amount) => sum + (amount / total) ** 2, 0) };
  }

  /** Share of the counterparties of months 13–24 that are there in the last 12 too; null without any. */
  retention(): number | null {
    let before = 0;
    let kept = 0;
    for (const counterparty of this.#counterparties.values()) {
      if (!counterparty.boughtPrior12m) continue;
      before += 1;
      if (counterparty.boughtLast12m) kept += 1;
    }
    return before === 0 ? null : kept / before;
  }

  #monthOf(index: number): MonthTotals {
    let month = this.months.get(index);
    if (!month) {
      month = { netMinor: 0, taxMinor: 0, grossMinor: 0, redMinor: 0, validCount: 0, voidCount: 0 };
      this.months.set(index, month);
    }
    return month;
  }

  #addToCounterparty(row: InvoiceRow, age: number): void {
    let counterparty = this.#counterparties.get(row.counterparty);
    if (!counterparty) {
      counterparty = { net12mMinor: 0, net36mMinor: 0, boughtLast12m: false, boughtPrior12m: false };
      this.#counterparties.set(row.counterparty, counterparty);
    }
    counterparty.net36mMinor += row.amountMinor;
    if (age < 12) {
      counterparty.net12mMinor += row.amountMinor;
      counterparty.boughtLast12m = true;
    } else if (age < 24) {
      counterparty.boughtPrior12m = true;
    }
  }
}
