import type { InvoiceRow } from '@millrace/invoices';
import { relatedShareBps, TradeTruthCollector } from './trade-truth.js';

const sale = (issuedOn: string, amountMinor: number, over: Partial<InvoiceRow> = {}): InvoiceRow => ({
  direction: 'sale',
  invoiceNo: '1',
  issuedOn,
  counterparty: 'B1',
  amountMinor,
  taxMinor: 0,
  totalMinor: amountMinor,
  status: 'valid',
  ...over,
});

test('revenue counts valid sales of the 12 months up to the reference month, red letters deducted, both edges in', () => {
  const collector = new TradeTruthCollector();
  collector.add([
    sale('2019-02-28', 1_000),
    sale('2019-03-01', 20_000),
    sale('2020-02-29', 3_000),
    sale('2020-02-29', -500),
    sale('2020-01-01', 700, { status: 'void' }),
  ]);
  collector.add([sale('2020-03-01', 9_999), sale('2020-01-15', 4_000, { direction: 'purchase' })]);
  const facts = collector.finish('2020-02');
  expect(facts).toMatchObject({ invoicedRevenue12mMinor: 22_500n, activeMonths12m: 2, invoiceCount: 7, salesInvoiceCount: 6, lastMonth: '2020-03' });
});

test('without a reference month the 12 months end with the last month of the data', () => {
  const collector = new TradeTruthCollector();
  collector.add([sale('2019-12-31', 10), sale('2019-01-01', 5), sale('2018-12-31', 100)]);
  expect(collector.finish(null).invoicedRevenue12mMinor).toBe(15n);
});

test('silent months count from the last net sale of the window; a month of red letters only is silent', () => {
  const silent = (...rows: InvoiceRow[]): number => {
    const collector = new TradeTruthCollector();
    collector.add(rows);
    return collector.finish('2020-02').silentMonths;
  };
  expect(silent(sale('2020-02-01', 10))).toBe(0);
  expect(silent(sale('2019-11-30', 10), sale('2020-02-01', -10), sale('2020-02-01', 5, { direction: 'purchase' }))).toBe(3);
  expect(silent(sale('2019-01-31', 10))).toBe(12);
  expect(silent()).toBe(12);
});

test('void and red-letter shares by count and by amount, over sales only (R-CR-05)', () => {
  const collector = new TradeTruthCollector();
  collector.add([
    sale('2020-01-01', 900),
    sale('2020-01-01', 900),
    sale('2020-01-01', -300),
    sale('2020-01-01', 600, { status: 'void' }),
    sale('2020-01-01', 100, { direction: 'purchase', status: 'void', counterparty: 'A1' }),
  ]);
  expect(collector.finish(null)).toMatchObject({ voidShareBps: 2_500, voidAmountShareBps: 2_500, redLetterShareBps: 3_333, redLetterAmountShareBps: 1_667 });
});

test('the top buyer, and buyers that are related or also suppliers', () => {
  const collector = new TradeTruthCollector();
  collector.add([
    sale('2020-01-01', 500),
    sale('2020-01-01', 300, { counterparty: 'B2' }),
    sale('2020-01-01', 200, { counterparty: 'B3' }),
    sale('2020-01-01', 50, { direction: 'purchase', counterparty: 'B3' }),
  ]);
  const truth = collector.finish(null);
  expect(truth).toMatchObject({ topBuyerShareBps: 5_000, circularShareBps: 2_000 });
  expect(relatedShareBps(truth, new Set())).toBe(2_000);
  // A buyer that is circular and related counts once.
  expect(relatedShareBps(truth, new Set(['B2', 'B3']))).toBe(5_000);
});

test('no invoices are no shares, and more red letters than sales are zero revenue', () => {
  expect(new TradeTruthCollector().finish(null)).toMatchObject({
    voidShareBps: null,
    redLetterShareBps: null,
    circularShareBps: null,
    invoicedRevenue12mMinor: 0n,
    lastMonth: null,
  });
  const collector = new TradeTruthCollector();
  collector.add([sale('2020-01-01', -500), sale('2020-01-01', 100)]);
  expect(collector.finish(null).invoicedRevenue12mMinor).toBe(0n);
});
