import { materialMonthMinor, type Invoice } from '@millrace/invoices';
import type { InvoiceParameters } from '@millrace/policy';

/** What one month of one direction adds up to, exact; amounts are in fen and without tax. */
export interface MonthTotals {
  /** Valid invoices, red letters deducted. */
  netMinor: bigint;
  taxMinor: bigint;
  /** Valid invoices of a positive amount only. */
  grossMinor: bigint;
  /** Absolute amount of valid invoices of a negative amount (red letters, 红字). */
  redMinor: bigint;
  /** Absolute amount of void invoices. */
  voidMinor: bigint;
  validCount: bigint;
  voidCount: bigint;
}

interface PartyTotals {
  net12mMinor: bigint;
  net36mMinor: bigint;
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

const NOTHING: MonthTotals = { netMinor: 0n, taxMinor: 0n, grossMinor: 0n, redMinor: 0n, voidMinor: 0n, validCount: 0n, voidCount: 0n };
/** A firm's longest window; what lies before it takes no part in what is usual. */
const WINDOW_MONTHS = 36;

/** One direction (sales or purchases) of a firm: months and parties in normal form (feature set v2). */
export class InvoiceSide {
  readonly #months = new Map<number, MonthTotals>();
  readonly #parties = new Map<string, PartyTotals>();
  readonly #leastMinor: number;
  #leastMonth: bigint | undefined;

  /** `leastMinor`: a valid invoice of this side below it, and not negative, is none. */
  constructor(
    private readonly referenceIndex: number,
    private readonly parameters: Pick<InvoiceParameters, 'materialMonthBps'>,
    leastMinor: bigint,
  ) {
    this.#leastMinor = Number(leastMinor);
  }

  /** Adds an invoice of month `index`; `index` must not be after the reference month. */
  add({ status, amountMinor, taxMinor, party }: Invoice, index: number): void {
    const amount = BigInt(amountMinor);
    if (status === 'void') {
      const month = this.#monthOf(index);
      month.voidCount += 1n;
      month.voidMinor += amount < 0n ? -amount : amount;
      return;
    }
    if (amountMinor >= 0 && amountMinor < this.#leastMinor) return;
    const month = this.#monthOf(index);
    month.validCount += 1n;
    month.netMinor += amount;
    month.taxMinor += BigInt(taxMinor);
    if (amount < 0n) month.redMinor -= amount;
    else month.grossMinor += amount;
    const age = this.referenceIndex - index;
    if (age < WINDOW_MONTHS) this.#addToParty(party, amount, age);
  }

  /** Sum of a figure over the `months` that end `endAge` months before the reference month. */
  sum(figure: keyof MonthTotals, months: number, endAge = 0): bigint {
    let total = 0n;
    for (const [index, month] of this.#months) {
      const age = this.referenceIndex - index;
      if (age >= endAge && age < endAge + months) total += month[figure];
    }
    return total;
  }

  /** Net amount of each of the last `months`, oldest first. */
  netByMonth(months: number): bigint[] {
    return Array.from({ length: months }, (_, at) => (this.#months.get(this.referenceIndex - months + 1 + at) ?? NOTHING).netMinor);
  }

  /** Net amount from which on a month counts as one with trade. */
  get leastMonthMinor(): bigint {
    this.#leastMonth ??= materialMonthMinor(this.netByMonth(WINDOW_MONTHS), this.parameters.materialMonthBps);
    return this.#leastMonth;
  }

  /** Indices of the months with trade, whatever their age, in no order. */
  materialMonths(): number[] {
    return [...this.#months].filter(([, { netMinor }]) => netMinor >= this.leastMonthMinor).map(([index]) => index);
  }

  /** Concentration over the parties of the last 12 or 36 months. */
  concentration(window: 12 | 36): Concentration {
    const parties = [...this.#parties.values()];
    const amounts = parties.map((party) => (window === 12 ? party.net12mMinor : party.net36mMinor)).filter((amount) => amount > 0n);
    const count = window === 36 ? parties.length : parties.filter(({ boughtLast12m }) => boughtLast12m).length;
    const total = Number(amounts.reduce((sum, amount) => sum + amount, 0n));
    if (total === 0) return { count, top1: null, top5: null, hhi: null };
    const shares = amounts.map((amount) => Number(amount) / total).sort((a, b) => b - a);
    const top5 = shares.slice(0, 5).reduce((sum, share) => sum + share, 0);
    return { count, top1: shares[0]!, top5, hhi: shares.reduce((sum, share) => sum + share ** 2, 0) };
  }

  /** Share of the parties of months 13–24 that are there in the last 12 too; null without any. */
  retention(): number | null {
    const before = [...this.#parties.values()].filter(({ boughtPrior12m }) => boughtPrior12m);
    return before.length === 0 ? null : before.filter(({ boughtLast12m }) => boughtLast12m).length / before.length;
  }

  #monthOf(index: number): MonthTotals {
    let month = this.#months.get(index);
    if (!month) this.#months.set(index, (month = { ...NOTHING }));
    return month;
  }

  #addToParty(name: string, amount: bigint, age: number): void {
    let party = this.#parties.get(name);
    if (!party) this.#parties.set(name, (party = { net12mMinor: 0n, net36mMinor: 0n, boughtLast12m: false, boughtPrior12m: false }));
    party.net36mMinor += amount;
    if (age < 12) {
      party.net12mMinor += amount;
      party.boughtLast12m = true;
    } else if (age < 24) {
      party.boughtPrior12m = true;
    }
  }
}
