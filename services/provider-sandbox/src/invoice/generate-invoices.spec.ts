import { Readable } from 'node:stream';
import { readInvoicesV1, type InvoiceRow } from '@millrace/invoices';
import fc from 'fast-check';
import { drawProfile } from '../profile/draw-profile.js';
import type { TradeProfile } from '../profile/firm-profile.js';
import { generateInvoices } from './generate-invoices.js';
import { monthsUpTo, planMonths, splitExactly } from '../profile/plan-months.js';

const TRADE: TradeProfile = {
  revenue12mMinor: '480000000',
  referenceMonth: '2026-02',
  historyMonths: 36,
  growthBps: 1_000,
  grossMarginBps: 2_500,
  variabilityBps: 4_000,
  monthsSinceLastSale: 0,
  salesInvoicesPerMonth: 10,
  buyerCount: 20,
  supplierCount: 8,
  topBuyerShareBps: 2_000,
  circularShareBps: 0,
  voidShareBps: 0,
  redLetterShareBps: 0,
  vatRatePercent: 13,
};

async function rowsOf(trade: TradeProfile, seed = 's'): Promise<InvoiceRow[]> {
  const rows: InvoiceRow[] = [];
  const reading = readInvoicesV1(Readable.from([Buffer.from(generateInvoices(trade, seed).csv)]));
  for await (const chunk of reading) rows.push(...chunk);
  expect(reading.badRowCount).toBe(0);
  return rows;
}

const sales = (rows: readonly InvoiceRow[]): InvoiceRow[] => rows.filter(({ direction }) => direction === 'sale');
const valid = (rows: readonly InvoiceRow[]): InvoiceRow[] => rows.filter(({ status }) => status === 'valid');
const sum = (rows: readonly InvoiceRow[]): number => rows.reduce((total, { amountMinor }) => total + amountMinor, 0);

test('valid sales of the 12 months sum exactly to the revenue, whatever the trade is like', async () => {
  const trades = fc.record({
    revenue12mMinor: fc.bigInt({ min: 1n, max: 1_000_000_000_000n }).map(String),
    historyMonths: fc.integer({ min: 12, max: 60 }),
    monthsSinceLastSale: fc.integer({ min: 0, max: 11 }),
    growthBps: fc.integer({ min: -9_000, max: 50_000 }),
    variabilityBps: fc.integer({ min: 0, max: 30_000 }),
    voidShareBps: fc.integer({ min: 0, max: 9_000 }),
    redLetterShareBps: fc.integer({ min: 0, max: 4_500 }),
    salesInvoicesPerMonth: fc.integer({ min: 1, max: 12 }),
    grossMarginBps: fc.integer({ min: -50_000, max: 10_000 }),
  });
  await fc.assert(
    fc.asyncProperty(trades, async (change) => {
      const year = valid(sales(await rowsOf({ ...TRADE, ...change }))).filter(({ issuedOn }) => issuedOn >= '2025-03-01' && issuedOn <= '2026-02-28');
      expect(BigInt(sum(year))).toBe(BigInt(change.revenue12mMinor));
    }),
    { numRuns: 60 },
  );
});

test('the same trade and seed give the same bytes, another seed others', () => {
  expect(generateInvoices(TRADE, 'a')).toEqual(generateInvoices(TRADE, 'a'));
  expect(generateInvoices(TRADE, 'b').csv).not.toBe(generateInvoices(TRADE, 'a').csv);
});

test('history, growth, margin and unsteadiness come out as they were set', async () => {
  const rows = await rowsOf(TRADE);
  expect([rows[0]!.issuedOn.slice(0, 7), rows.at(-1)!.issuedOn.slice(0, 7)]).toEqual(['2023-03', '2026-02']);
  const yearOf = (from: string, to: string): number => sum(sales(rows).filter(({ issuedOn }) => issuedOn >= from && issuedOn < to));
  expect(yearOf('2025-03', '2026-03') / yearOf('2024-03', '2025-03')).toBeCloseTo(1.1, 3);
  expect(1 - sum(rows.filter(({ direction }) => direction === 'purchase')) / sum(sales(rows))).toBeCloseTo(0.25, 3);
  const months = planMonths({ ...TRADE, growthBps: 0 }, 's').map(({ salesMinor }) => salesMinor);
  const mean = months.reduce((total, month) => total + month, 0) / months.length;
  const deviation = Math.sqrt(months.reduce((total, month) => total + (month - mean) ** 2, 0) / months.length);
  expect(deviation / mean).toBeGreaterThan(0.3);
  expect(deviation / mean).toBeLessThan(0.5);
});

test('void, red-letter, circular and largest-buyer shares come out near what was set', async () => {
  const rows = await rowsOf({ ...TRADE, voidShareBps: 3_000, redLetterShareBps: 2_500, circularShareBps: 6_500, topBuyerShareBps: 2_000 });
  const sold = sales(rows);
  expect(sold.filter(({ status }) => status === 'void').length / sold.length).toBeCloseTo(0.3, 1);
  expect(valid(sold).filter(({ amountMinor }) => amountMinor < 0).length / valid(sold).length).toBeCloseTo(0.25, 1);
  const positive = valid(sold).filter(({ amountMinor }) => amountMinor > 0);
  const suppliers = new Set(rows.filter(({ direction }) => direction === 'purchase').map(({ counterparty }) => counterparty));
  expect(sum(positive.filter(({ counterparty }) => suppliers.has(counterparty))) / sum(positive)).toBeCloseTo(0.65, 1);
  expect(sum(positive.filter(({ counterparty }) => counterparty === 'C0001')) / sum(positive)).toBeCloseTo(0.2, 1);
});

test('months without a sale at the end, a short history, and no revenue at all', async () => {
  expect((await rowsOf({ ...TRADE, monthsSinceLastSale: 3 })).at(-1)!.issuedOn.slice(0, 7)).toBe('2025-11');
  const short = await rowsOf({ ...TRADE, historyMonths: 5 });
  expect([short[0]!.issuedOn.slice(0, 7), sum(sales(short))]).toEqual(['2025-10', 480_000_000]);
  expect(generateInvoices({ ...TRADE, revenue12mMinor: '0' }, 's')).toMatchObject({ invoiceCount: 0, firstMonth: null, lastMonth: null });
  expect(generateInvoices({ ...TRADE, historyMonths: 0, revenue12mMinor: '0' }, 's').invoiceCount).toBe(0);
});

test('a split is exact, and months are counted over the turn of a year', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
      fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 1, maxLength: 50 }),
      (total, weights) => {
        const parts = splitExactly(total, weights);
        expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
  expect(monthsUpTo('2026-02', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
});

test('every mix draws trades that can be invoiced', () => {
  for (const mix of ['healthy', 'average', 'weak', 'fraudulent'] as const) {
    for (let n = 0; n < 20; n += 1)
      expect(generateInvoices(drawProfile({ mix, seed: `${mix}-${n}`, today: '2026-03-02' }), 's').invoiceCount).toBeGreaterThan(50);
  }
});
