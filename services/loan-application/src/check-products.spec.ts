import { obligorExposureCapMinor, policyInForce } from '@millrace/policy';
import { checkProducts } from './check-products.js';
import type { Product, ProductFee } from './product/product.entity.js';

// Method: one product that is fit, and rows that differ from it in one column.
const NOW = new Date('2026-03-02T02:00:00Z');
const rulesAt = (date: string) => ({
  policy: policyInForce('online_microloan', date),
  capMinor: obligorExposureCapMinor('online_microloan', 'default', date),
});

const FIT: Product = {
  productCode: 'invoice-loan',
  version: 2,
  name: 'Invoice loan',
  nameZh: '发票贷',
  status: 'open',
  effectiveFrom: '2026-01-01',
  minAmountMinor: '1000000',
  maxAmountMinor: '300000000',
  amountStepMinor: '10000',
  minTenorMonths: 3,
  maxTenorMonths: 24,
  repaymentMethods: ['equal_instalment', 'equal_principal', 'interest_monthly', 'bullet'],
  dayCount: 'periodic',
  requiredConsents: ['C1', 'C2', 'C3', 'C4', 'C5'],
  fees: [],
};
const FEE: ProductFee = { item: 'Guarantee', payee: 'Guarantor', standard: '0.5% of the principal', bps: 50, when: 'upfront' };

const linesOf = (...products: Product[]): string[] => checkProducts(products, rulesAt, NOW);
const withFee = (change: object): Product => ({ ...FIT, fees: [{ ...FEE, ...change }] });

test('a product that is fit passes, with and without fees, open and closed', () => {
  expect(linesOf(FIT, { ...FIT, productCode: 'other', fees: [FEE, { ...FEE, when: 'each_instalment', bps: 1 }] })).toEqual([]);
  expect(linesOf(withFee({ itemZh: '担保费', payeeZh: '担保公司', standardZh: '本金的 0.5%' }))).toEqual([]);
  expect(linesOf({ ...FIT, status: 'closed' })).toEqual([]);
});

test.each<[string, object, RegExp]>([
  ['a code with a blank', { productCode: 'invoice loan' }, /product_code must be/],
  ['no Chinese name', { nameZh: ' ' }, /name and name_zh must be/],
  ['an amount of 19 digits', { maxAmountMinor: '1000000000000000000' }, /max_amount_minor must not be above 999999999999999999/],
  ['a tenor of sixty years', { maxTenorMonths: 720 }, /max_tenor_months must not be above 600/],
  ['no method', { repaymentMethods: [] }, /repayment_methods is empty/],
  ['a method that nobody knows', { repaymentMethods: ['bullet', 'ballon'] }, /repayment_methods has ballon; there are equal_instalment, /],
  ['a method twice', { repaymentMethods: ['bullet', 'bullet'] }, /repayment_methods has one twice/],
  ['a day count that nobody knows', { dayCount: 'ACT/364' }, /day_count ACT\/364 is unknown/],
  ['a consent that nobody knows', { requiredConsents: ['C1', 'C2', 'C3', 'C4', 'C5', 'C10'] }, /required_consents has C10/],
  [
    'too few consents to ask the outside world',
    { requiredConsents: ['C1', 'C3'] },
    /required_consents lacks C2, C4, C5, without which no firm can be verified/,
  ],
  ['amounts that no multiple of the step meets', { minAmountMinor: '15000', maxAmountMinor: '19999' }, /never be applied for: no multiple/],
  [
    'less than no borrower may owe',
    { minAmountMinor: '100000000000', maxAmountMinor: '100000000000' },
    /never be offered: min_amount_minor is above \d+, the most/,
  ],
])('T22, T31: %s is refused in one line that names product and column', (_, change, line) => {
  const product = { ...FIT, ...change } as Product;
  expect(linesOf(product)).toEqual([expect.stringMatching(line)]);
  expect(linesOf(product)[0]).toMatch(/^product .+ version 2: .+; put it right in the table loan_application\.product$/);
});

test.each<[string, Product, RegExp]>([
  ['no list', { ...FIT, fees: { item: 'x' } as unknown as ProductFee[] }, /fees must be a list/],
  ['no payee', withFee({ payee: undefined }), /fee 1: payee must be a text/],
  ['an empty Chinese name', withFee({ itemZh: ' ' }), /fee 1: itemZh must be a text of at most 100 characters/],
  ['a rate in per cent', withFee({ bps: 0.5 }), /fee 1: bps must be a whole number/],
  ['a rate of everything', withFee({ bps: 10_000 }), /fee 1: bps must be a whole number/],
  ['a time that nobody knows', withFee({ when: 'monthly' }), /fee 1: when must be upfront or each_instalment/],
  ['a part that nobody reads', withFee({ amountMinor: '100' }), /fee 1: amountMinor is not a part of a fee/],
  ['more than the cap on all costs', withFee({ bps: 4_000 }), /can never be offered: its fees alone are above the cap/],
  ['all of the loan in two parts', { ...FIT, fees: [5_000, 5_000].map((bps) => ({ ...FEE, bps })) }, /fees leave the borrower nothing of the loan/],
])('T31: fees with %s are refused', (_, product, line) => {
  expect(linesOf(product)[0]).toMatch(line);
});

test('T31: what newer versions have replaced is not asked, what is still to come is', () => {
  const broken = { ...FIT, version: 1, dayCount: 'ACT/364' as Product['dayCount'] };
  expect(linesOf(broken, FIT)).toEqual([]);
  expect(linesOf(FIT, { ...broken, version: 3, effectiveFrom: '2026-09-01' })).toEqual([expect.stringMatching(/^product invoice-loan version 3: day_count/)]);
});

test('T31: a version that a newer one comes before can never be in force', () => {
  const lines = linesOf(FIT, { ...FIT, version: 3, effectiveFrom: '2026-09-01' }, { ...FIT, version: 4, effectiveFrom: '2026-06-01' });
  expect(lines).toEqual([expect.stringMatching(/^product invoice-loan version 3: it can never be in force/)]);
});
