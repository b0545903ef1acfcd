import type { TradeProfile } from '../profile/firm-profile.js';
import { SeededDraw } from '../profile/seeded-draw.js';
import { PartyPicker } from './party-picker.js';
import { planMonths, splitExactly, type MonthPlan } from '../profile/plan-months.js';

/** First line of every batch (docs/provider-contract.md). */
export const INVOICE_HEADER = 'direction,invoice_no,issued_on,counterparty,amount_yuan,tax_yuan,total_yuan,status';
/** Smaller invoices than a yuan look like no trade at all. */
const LEAST_INVOICE_MINOR = 100;
const PURCHASES_PER_SALE = 0.5;

/** Invoices of a made firm as CSV, the same for the same trade and seed. */
export interface GeneratedInvoices {
  readonly csv: string;
  readonly invoiceCount: number;
  readonly firstMonth: string | null;
  readonly lastMonth: string | null;
}

function yuan(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

class InvoiceWriter {
  readonly lines: string[] = [];
  #sales = 0;
  #purchases = 0;

  constructor(private readonly vatRatePercent: number) {}

  add(direction: 'sale' | 'purchase', date: string, counterparty: string, amountMinor: number, status: 'valid' | 'void' = 'valid'): void {
    const number = direction === 'sale' ? 20_000_001 + this.#sales++ : 50_000_001 + this.#purchases++;
    const taxMinor = Math.round((amountMinor * this.vatRatePercent) / 100);
    this.lines.push(`${direction},${number},${date},${counterparty},${yuan(amountMinor)},${yuan(taxMinor)},${yuan(amountMinor + taxMinor)},${status}`);
  }
}

/** Counts that decide when the next void invoice or red letter is due, so that the shares come out over the whole history. */
interface Tally {
  valid: number;
  voided: number;
  red: number;
}

function datesIn(draw: SeededDraw, month: string, count: number): string[] {
  const days = Array.from({ length: count }, () => draw.integer(1, 28)).sort((a, b) => a - b);
  return days.map((day) => `${month}-${String(day).padStart(2, '0')}`);
}

function sizesOf(draw: SeededDraw, totalMinor: number, wanted: number): number[] {
  const count = Math.max(1, Math.min(wanted, Math.floor(totalMinor / LEAST_INVOICE_MINOR)));
  return splitExactly(
    totalMinor,
    Array.from({ length: count }, () => draw.between(0.3, 1.7)),
  ).filter((minor) => minor > 0);
}

/** Red letters of a month: how many are due by the share, each a part of an ordinary invoice. */
function redLettersOf(draw: SeededDraw, plan: MonthPlan, wanted: number, tally: Tally, share: number): number[] {
  const reds: number[] = [];
  const ordinary = plan.salesMinor / wanted;
  if (ordinary < LEAST_INVOICE_MINOR) return reds;
  while (tally.red + reds.length + 1 <= share * (tally.valid + wanted + reds.length + 1)) reds.push(Math.max(1, Math.round(ordinary * draw.between(0.3, 0.9))));
  return reds;
}

function writeSales(draw: SeededDraw, trade: TradeProfile, plan: MonthPlan, writer: InvoiceWriter, buyers: PartyPicker, tally: Tally): void {
  if (plan.salesMinor === 0) return;
  const reds = redLettersOf(draw, plan, trade.salesInvoicesPerMonth, tally, trade.redLetterShareBps / 10_000);
  const sizes = sizesOf(draw, plan.salesMinor + reds.reduce((sum, red) => sum + red, 0), trade.salesInvoicesPerMonth);
  const voidShare = trade.voidShareBps / 10_000;
  for (const [at, date] of datesIn(draw, plan.month, sizes.length).entries()) {
    const buyer = buyers.next(sizes[at]!);
    writer.add('sale', date, buyer, sizes[at]!);
    tally.valid += 1;
    while (tally.voided + 1 <= voidShare * (tally.valid + tally.voided + 1)) {
      writer.add('sale', date, buyer, sizes[at]!, 'void');
      tally.voided += 1;
    }
  }
  for (const red of reds) writer.add('sale', `${plan.month}-28`, buyers.ordinary(), -red);
  tally.valid += reds.length;
  tally.red += reds.length;
}

function writePurchases(draw: SeededDraw, trade: TradeProfile, plan: MonthPlan, writer: InvoiceWriter, suppliers: readonly string[], from: number): number {
  if (plan.purchasesMinor === 0) return from;
  const sizes = sizesOf(draw, plan.purchasesMinor, Math.ceil(trade.salesInvoicesPerMonth * PURCHASES_PER_SALE));
  // Suppliers take turns, so that every buyer that is to sell to the firm too does so.
  datesIn(draw, plan.month, sizes.length).forEach((date, at) => writer.add('purchase', date, suppliers[(from + at) % suppliers.length]!, sizes[at]!));
  return from + sizes.length;
}

/** Makes the invoices of a firm: exact in revenue, near in everything else (for the shares that rules look at: M-FR-11, M-FR-12). */
export function generateInvoices(trade: TradeProfile, seed: string): GeneratedInvoices {
  const draw = new SeededDraw(`${seed}/invoices`);
  const writer = new InvoiceWriter(trade.vatRatePercent);
  const buyers = new PartyPicker(draw, trade);
  const suppliers = [...buyers.circular, ...Array.from({ length: trade.supplierCount }, (_, at) => `S${String(at + 1).padStart(4, '0')}`)];
  const tally: Tally = { valid: 0, voided: 0, red: 0 };
  let turn = 0;
  for (const plan of planMonths(trade, seed)) {
    writeSales(draw, trade, plan, writer, buyers, tally);
    turn = writePurchases(draw, trade, plan, writer, suppliers, turn);
  }
  const months = writer.lines.map((line) => line.split(',')[2]!.slice(0, 7));
  return {
    csv: `${[INVOICE_HEADER, ...writer.lines].join('\n')}\n`,
    invoiceCount: writer.lines.length,
    firstMonth: months.at(0) ?? null,
    lastMonth: months.at(-1) ?? null,
  };
}
