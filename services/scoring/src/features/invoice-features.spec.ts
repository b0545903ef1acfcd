import { normalForm } from '@millrace/contracts';
import type { Invoice } from '@millrace/invoices';
import { policyOf } from '@millrace/policy';
import fc from 'fast-check';
import { computeInvoiceFeatures } from './invoice-features.js';
import type { InvoiceFeatures } from './invoice-input.js';

const PARAMETERS = policyOf('online_microloan.v0').invoices;

function row(direction: 'sale' | 'purchase', issuedOn: string, counterparty: string, yuan: number, status: 'valid' | 'void' = 'valid'): Invoice {
  const amountMinor = Math.round(yuan * 100);
  const taxMinor = Math.round(yuan * 13);
  return {
    direction,
    invoiceNo: '1',
    issuedOn,
    counterparty,
    party: normalForm(counterparty),
    amountMinor,
    taxMinor,
    totalMinor: amountMinor + taxMinor,
    status,
  };
}

const featuresOf = (invoices: readonly Invoice[], referenceMonth = '2020-02', doubted: readonly Invoice[] = []): InvoiceFeatures =>
  computeInvoiceFeatures({ invoices, doubted }, referenceMonth, PARAMETERS);

const FIRM = [
  row('sale', '2018-03-01', 'B1', 1000),
  row('sale', '2018-09-15', 'B2', 1000),
  row('sale', '2019-02-28', 'B1', 500),
  row('sale', '2019-03-01', 'B1', 3000),
  row('sale', '2019-06-01', 'B3', 1000),
  row('sale', '2019-06-02', 'B3', -200),
  row('sale', '2020-01-31', 'B4', 200),
  row('sale', '2020-01-31', 'B4', 9000, 'void'),
  row('purchase', '2019-12-01', 'S1', 1500),
  row('sale', '2020-03-01', 'B9', 7777),
];

test('the last 12 months end with the reference month and begin on the first day of month 12', () => {
  const features = featuresOf(FIRM);
  expect(features).toMatchObject({ revenue12mMinor: 400_000n, purchases12mMinor: 150_000n, netVat12mMinor: (4000n - 1500n) * 13n });
  expect(features).toMatchObject({ referenceMonth: '2020-02', rowCount: 10, laterRowCount: 1 });
  expect(features.inputs).toMatchObject({
    monthsObserved: 24,
    revenue36mYuan: 6500,
    revenue12mYuan: 4000,
    grossMargin12m: 0.625,
    salesPerPurchase12m: 4000 / 1500,
  });
});

test('growth, red-letter ratios, gaps, recency, concentration and churn', () => {
  const { inputs } = featuresOf(FIRM);
  expect(inputs.salesGrowth12m).toBeCloseTo(4000 / 2500 - 1, 12);
  expect(inputs.salesRedLetter12mRatio).toBeCloseTo(200 / 4200, 12);
  expect(inputs.salesActive12mShare).toBeCloseTo(3 / 12, 12);
  expect(inputs).toMatchObject({ salesLongestGap36mMonths: 6, salesMonthsSinceLast: 1, purchaseMonthsSinceLast: 2 });
  expect(inputs.salesPeakQuarterShare12m).toBeCloseTo(3000 / 4000, 2);
  expect(inputs).toMatchObject({ buyer12mCount: 3, buyer36mCount: 4, buyerTop1Share12m: 0.75, buyerTop5Share12m: 1, buyerRetention: 0.5, supplierHhi12m: 1 });
  expect(inputs.buyerHhi12m).toBeCloseTo(0.75 ** 2 + 0.2 ** 2 + 0.05 ** 2, 12);
});

test('F10: the void share is the larger of number and amount', () => {
  expect(featuresOf(FIRM).inputs.salesVoid12mRatio).toBeCloseTo(9000 / 13_200, 12);
  const many = [...Array.from({ length: 3 }, () => row('sale', '2020-01-31', 'B', 1, 'void')), row('sale', '2020-01-31', 'B', 9000)];
  expect(featuresOf(many).inputs.salesVoid12mRatio).toBeCloseTo(3 / 4, 12);
});

describe('F08: what is not material moves nothing', () => {
  const months = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04'];
  const base = months.map((month) => row('sale', `${month}-05`, 'Buyer A', 80_000));
  it.each([
    ['a red letter', [row('sale', '2026-10-05', 'Buyer A', -100)]],
    ['an invoice of 0.00', [row('sale', '2026-10-05', 'Buyer A', 0)]],
    ['an invoice of 0.01', [row('sale', '2026-10-05', 'Buyer A', 0.01)]],
    ['an invoice of 0.01 three years ago', [row('sale', '2023-11-05', 'Buyer A', 0.01)]],
    [
      'a purchase of 0.01 three years ago',
      [...months.map((month) => row('purchase', `${month}-05`, 'S', 0)), row('purchase', '2023-11-05', 'S', 0.01), row('purchase', '2026-01-05', 'S', 50_000)],
    ],
    ['many invoices of 0.01', Array.from({ length: 300 }, (_, at) => row('sale', `2026-${String((at % 6) + 5).padStart(2, '0')}-05`, `B${at}`, 0.01))],
  ])('%s', (_, rows) => {
    expect(featuresOf(base, '2026-10').inputs).toMatchObject({ salesMonthsSinceLast: 6, monthsObserved: 12 });
    const { inputs } = featuresOf([...base, ...rows], '2026-10');
    expect(inputs).toMatchObject({
      salesMonthsSinceLast: 6,
      salesActive12mShare: 0.5,
      monthsObserved36m: 12,
      salesLongestGap36mMonths: 6,
      buyerTop1Share12m: 1,
    });
  });

  it('a sale of a hundredth of the usual month is one', () => {
    expect(featuresOf([...base, row('sale', '2026-10-05', 'Buyer A', 800)], '2026-10').inputs.salesMonthsSinceLast).toBe(0);
  });
});

test('F09: one party in two ways of writing is one buyer', () => {
  const sales = [row('sale', '2020-01-01', '甲方（沪）贸易', 450), row('sale', '2020-01-02', ' 甲方(沪)贸易', 450), row('sale', '2020-01-03', 'B', 100)];
  expect(featuresOf(sales).inputs).toMatchObject({ buyer12mCount: 2, buyerTop1Share12m: 0.9 });
});

test('F02: a sale that is doubted raises no input that moves a score, also where the firm looks steadier without it', () => {
  const months = Array.from({ length: 24 }, (_, at) => `${2018 + Math.floor((at + 2) / 12)}-${String(((at + 2) % 12) + 1).padStart(2, '0')}`);
  const steady = months.map((month) => row('sale', `${month}-05`, 'B', 1_000));
  const peak = row('sale', '2018-06-06', 'B', 90_000);
  const before = featuresOf([...steady, peak]).inputs;
  const { inputs } = featuresOf([...steady, { ...peak, status: 'void' }], '2020-02', [peak]);
  expect(inputs.salesVariability36m).toBe(before.salesVariability36m);
  expect(inputs.revenue36mYuan).toBe(24_000);
});

test('what invoices cannot tell is null, never a good number (R-CR-02)', () => {
  const { inputs, revenue12mMinor } = featuresOf([]);
  expect(revenue12mMinor).toBe(0n);
  expect(inputs).toMatchObject({
    monthsObserved: 0,
    revenue36mYuan: null,
    grossMargin12m: null,
    salesGrowth12m: null,
    buyerHhi36m: null,
    salesMonthsSinceLast: null,
    salesVariability36m: null,
  });
  expect(featuresOf([row('purchase', '2020-01-01', 'S', 1)]).inputs).toMatchObject({ revenue12mYuan: 0, grossMargin12m: null, salesVoid12mRatio: null });
});

test('the order of rows does not matter, and red letters never make revenue negative', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(FIRM, { minLength: FIRM.length }), (rows) => {
      expect(featuresOf(rows)).toEqual(featuresOf(FIRM));
    }),
  );
  expect(featuresOf([row('sale', '2020-01-01', 'B', -5)]).revenue12mMinor).toBe(0n);
});

test('F06: sums are exact, however large; a reference that is no month is refused', () => {
  expect(featuresOf([row('sale', '2020-01-01', 'B', 9e13), row('sale', '2020-01-01', 'B', 9e13)]).revenue12mMinor).toBe(18_000_000_000_000_000n);
  expect(() => featuresOf([], '2020-13')).toThrow(RangeError);
});
