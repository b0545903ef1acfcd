import type { InvoiceRow } from '@millrace/invoices';
import fc from 'fast-check';
import { InvoiceFeatureAccumulatorV1 } from './invoice-features-v1.js';
import type { InvoiceFeatures } from './invoice-input.js';
import { monthIndexOf, monthOfIndex } from './month-index.js';

function row(direction: 'sale' | 'purchase', issuedOn: string, counterparty: string, yuan: number, status: 'valid' | 'void' = 'valid'): InvoiceRow {
  const amountMinor = yuan * 100;
  return { direction, invoiceNo: '1', issuedOn, counterparty, amountMinor, taxMinor: yuan * 13, totalMinor: yuan * 113, status };
}

function featuresOf(rows: readonly InvoiceRow[], referenceMonth = '2020-02'): InvoiceFeatures {
  const accumulator = new InvoiceFeatureAccumulatorV1(referenceMonth);
  for (const each of rows) accumulator.add(each);
  return accumulator.finish();
}

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
  expect(features.revenue12mMinor).toBe(400_000n);
  expect(features.purchases12mMinor).toBe(150_000n);
  expect(features.netVat12mMinor).toBe((4000n - 1500n) * 13n);
  expect(features).toMatchObject({ referenceMonth: '2020-02', rowCount: 10, laterRowCount: 1 });
  expect(features.inputs).toMatchObject({
    monthsObserved: 24,
    revenue36mYuan: 6500,
    revenue12mYuan: 4000,
    grossMargin12m: 0.625,
    salesPerPurchase12m: 4000 / 1500,
  });
});

test('growth, void and red-letter ratios, gaps and recency', () => {
  const { inputs } = featuresOf(FIRM);
  expect(inputs.salesGrowth12m).toBeCloseTo(4000 / 2500 - 1, 12);
  expect(inputs.salesVoid12mRatio).toBeCloseTo(1 / 5, 12);
  expect(inputs.salesRedLetter12mRatio).toBeCloseTo(200 / 4200, 12);
  expect(inputs.salesActive12mShare).toBeCloseTo(3 / 12, 12);
  expect(inputs.salesLongestGap36mMonths).toBe(6);
  expect(inputs.salesMonthsSinceLast).toBe(1);
  expect(inputs.salesPeakQuarterShare12m).toBeCloseTo(3000 / 4000, 2);
  expect(inputs.purchaseMonthsSinceLast).toBe(2);
});

test('concentration and churn of counterparties', () => {
  const { inputs } = featuresOf(FIRM);
  expect(inputs).toMatchObject({
    buyer12mCount: 3,
    buyer36mCount: 4,
    buyerTop1Share12m: 0.75,
    buyerTop5Share12m: 1,
    buyerRetention: 0.5,
    supplier12mCount: 1,
    supplierHhi12m: 1,
  });
  expect(inputs.buyerHhi12m).toBeCloseTo(0.75 ** 2 + 0.2 ** 2 + 0.05 ** 2, 12);
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

test('sums beyond exact integers are refused, as is a reference that is no month', () => {
  expect(() => featuresOf([row('sale', '2020-01-01', 'B', 9e13), row('sale', '2020-01-01', 'B', 9e13)])).toThrow(RangeError);
  expect(() => new InvoiceFeatureAccumulatorV1('2020-13')).toThrow(RangeError);
  expect(monthOfIndex(monthIndexOf('2019-12-31'))).toBe('2019-12');
});
