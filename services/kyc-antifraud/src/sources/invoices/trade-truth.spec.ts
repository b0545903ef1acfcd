import { normalForm } from '@millrace/contracts';
import type { Invoice } from '@millrace/invoices';
import { relatedShareBps, TradeTruthCollector, type TradeTruth } from './trade-truth.js';

const PARAMETERS = { materialMonthBps: 100, leastSaleMinor: '100' };

const sale = (issuedOn: string, amountMinor: number, over: Partial<Invoice> = {}): Invoice => ({
  direction: 'sale',
  invoiceNo: '1',
  issuedOn,
  counterparty: 'B1',
  party: normalForm(over.counterparty ?? 'B1'),
  amountMinor,
  taxMinor: 0,
  totalMinor: amountMinor,
  status: 'valid',
  ...over,
});

function truthOf(rows: readonly Invoice[], referenceMonth = '2020-02'): TradeTruth {
  const collector = new TradeTruthCollector(PARAMETERS);
  collector.add(rows);
  return collector.finish(referenceMonth);
}

test('revenue counts valid sales of the 12 months up to the reference month, red letters deducted, both edges in', () => {
  const facts = truthOf([
    sale('2019-02-28', 1_000),
    sale('2019-03-01', 20_000),
    sale('2020-02-29', 3_000),
    sale('2020-02-29', -500),
    sale('2020-01-01', 700, { status: 'void' }),
    sale('2020-03-01', 9_999),
    sale('2020-01-15', 4_000, { direction: 'purchase' }),
  ]);
  expect(facts).toMatchObject({ invoicedRevenue12mMinor: 22_500n, activeMonths12m: 2, invoiceCount: 7, salesInvoiceCount: 6, lastMonth: '2020-03' });
});

test('silent months count from the last material net sale of the window; a month of red letters only is silent', () => {
  const silent = (...rows: Invoice[]): number => truthOf(rows).silentMonths;
  expect(silent(sale('2020-02-01', 100))).toBe(0);
  expect(silent(sale('2019-11-30', 100), sale('2020-02-01', -10), sale('2020-02-01', 500, { direction: 'purchase' }))).toBe(3);
  expect(silent(sale('2019-01-31', 100))).toBe(12);
  expect(silent()).toBe(12);
});

describe('M-FR-18, F08: a month counts from a share of the usual month on', () => {
  const base = ['2019-08', '2019-09', '2019-10'].map((month) => sale(`${month}-05`, 8_000_000));
  it.each([
    ['a red letter', [sale('2020-02-05', -10_000)]],
    ['an invoice of 0.00', [sale('2020-02-05', 0)]],
    ['an invoice of a fen', [sale('2020-02-05', 1)]],
    ['invoices of a fen in every month', ['2019-11', '2019-12', '2020-01', '2020-02'].map((month) => sale(`${month}-05`, 1))],
    ['sales of a yuan', ['2019-11', '2019-12', '2020-01', '2020-02'].map((month) => sale(`${month}-05`, 100))],
  ])('%s moves neither the silent months nor the end of the file', (_, rows) => {
    expect(truthOf([...base, ...rows])).toMatchObject({ silentMonths: 4, staleMonths: 4, activeMonths12m: 3 });
  });

  it('a sale of a hundredth of the usual month is one', () => {
    expect(truthOf([...base, sale('2020-02-05', 80_000)])).toMatchObject({ silentMonths: 0, staleMonths: 0 });
  });
});

test('a file ends with its last month of material sales or purchases; trade after the reference month is none of it', () => {
  expect(truthOf([sale('2019-05-01', 1_000), sale('2019-12-01', 5_000, { direction: 'purchase' })]).staleMonths).toBe(2);
  expect(truthOf([sale('2019-05-01', 1_000), sale('2020-03-01', 5_000)]).staleMonths).toBe(9);
  expect(truthOf([]).staleMonths).toBeNull();
});

test('void and red-letter shares by count and by amount, over sales only (R-CR-05)', () => {
  const rows = [
    sale('2020-01-01', 900),
    sale('2020-01-01', 900),
    sale('2020-01-01', -300),
    sale('2020-01-01', 600, { status: 'void' }),
    sale('2020-01-01', 100, { direction: 'purchase', status: 'void', counterparty: 'A1' }),
  ];
  expect(truthOf(rows)).toMatchObject({ voidShareBps: 2_500, voidAmountShareBps: 2_500, redLetterShareBps: 3_333, redLetterAmountShareBps: 1_667 });
});

test('F10: few large void invoices among many small valid ones show by amount; sales of a fen do not thin them out by number', () => {
  const rows = [
    ...Array.from({ length: 20 }, () => sale('2020-01-01', 100_000_000, { status: 'void' })),
    ...Array.from({ length: 200 }, () => sale('2020-01-01', 100)),
  ];
  expect(truthOf(rows)).toMatchObject({ salesInvoiceCount: 220, voidShareBps: 909, voidAmountShareBps: 10_000 });
  const thinned = [...rows, ...Array.from({ length: 5_000 }, () => sale('2020-01-01', 1))];
  expect(truthOf(thinned)).toMatchObject({ salesInvoiceCount: 220, voidShareBps: 909 });
});

test('the top buyer, and buyers that are related or also suppliers', () => {
  const truth = truthOf([
    sale('2020-01-01', 500),
    sale('2020-01-01', 300, { counterparty: 'B2' }),
    sale('2020-01-01', 200, { counterparty: 'B3' }),
    sale('2020-01-01', 50, { direction: 'purchase', counterparty: 'B3' }),
  ]);
  expect(truth).toMatchObject({ topBuyerShareBps: 5_000, circularShareBps: 2_000 });
  expect(relatedShareBps(truth, [])).toBe(2_000);
  // A buyer that is circular and related counts once.
  expect(relatedShareBps(truth, ['B2', 'B3'])).toBe(5_000);
});

describe('F09: parties are compared in normal form', () => {
  it.each([
    ['甲方（沪）贸易', '甲方(沪)贸易'],
    ['甲方贸易', '甲方贸易 '],
    ['ＡＢ贸易', 'AB贸易'],
    ['甲方贸易', '甲方\u200B贸易'],
    ['甲方【沪】贸易', '甲方〔沪〕贸易'],
    ['Ab trading', 'AB\u00A0 TRADING'],
  ])('%j and %j', (one, other) => {
    const sales = [sale('2020-01-01', 90_000, { counterparty: one }), sale('2020-01-01', 10_000, { counterparty: 'B2' })];
    expect(truthOf([...sales, sale('2020-01-01', 5_000, { direction: 'purchase', counterparty: other })]).circularShareBps).toBe(9_000);
    expect(relatedShareBps(truthOf(sales), [other])).toBe(9_000);
    const split = [...sales, sale('2020-01-02', 10_000, { counterparty: other })];
    expect(truthOf(split)).toMatchObject({ topBuyerShareBps: 9_091, topBuyers: [{ counterparty: one }, { counterparty: 'B2' }] });
  });

  it('relations that are spread over many small buyers add up', () => {
    const names = Array.from({ length: 60 }, (_, at) => `关联方${at}`);
    const sales = names.map((counterparty) => sale('2020-01-01', 1_000, { counterparty }));
    expect(relatedShareBps(truthOf([...sales, sale('2020-01-01', 40_000)]), names)).toBe(6_000);
  });
});

test('F06: sums are exact beyond what a number holds', () => {
  const huge = Array.from({ length: 4 }, () => sale('2020-01-01', Number.MAX_SAFE_INTEGER));
  expect(truthOf(huge).invoicedRevenue12mMinor).toBe(4n * BigInt(Number.MAX_SAFE_INTEGER));
});

test('no invoices are no shares, and more red letters than sales are zero revenue', () => {
  const nothing = { voidShareBps: null, redLetterShareBps: null, circularShareBps: null, invoicedRevenue12mMinor: 0n, lastMonth: null };
  expect(truthOf([])).toMatchObject(nothing);
  expect(truthOf([sale('2020-01-01', -500), sale('2020-01-01', 100)]).invoicedRevenue12mMinor).toBe(0n);
});
