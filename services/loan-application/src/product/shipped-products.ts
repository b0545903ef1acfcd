import type { Product } from './product.entity.js';

const FIRST = {
  version: 1,
  effectiveFrom: '2016-01-01',
  requiredConsents: ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9'],
  fees: [],
} satisfies Partial<Product>;

/**
 * Products that the migrations bring, as they are shipped: parts of each release of the policy. They never change; other terms are a new version of the
 * product, and versions that a lender adds while the services run are facts of that lender and stand in no release.
 */
export const SHIPPED_PRODUCTS: readonly Product[] = [
  {
    ...FIRST,
    productCode: 'invoice-loan',
    name: 'Invoice loan',
    nameZh: '发票贷',
    status: 'open',
    minAmountMinor: '1000000',
    maxAmountMinor: '300000000',
    amountStepMinor: '10000',
    minTenorMonths: 3,
    maxTenorMonths: 24,
    repaymentMethods: ['equal_instalment', 'equal_principal', 'interest_monthly', 'bullet'],
    dayCount: 'periodic',
  },
  {
    ...FIRST,
    productCode: 'tax-loan',
    name: 'Tax loan',
    nameZh: '税贷',
    status: 'open',
    minAmountMinor: '1000000',
    maxAmountMinor: '200000000',
    amountStepMinor: '10000',
    minTenorMonths: 3,
    maxTenorMonths: 12,
    repaymentMethods: ['equal_instalment', 'equal_principal', 'interest_monthly'],
    dayCount: 'periodic',
  },
  {
    ...FIRST,
    productCode: 'revolving-loan',
    name: 'Revolving loan',
    nameZh: '随借随还',
    status: 'closed',
    minAmountMinor: '500000',
    maxAmountMinor: '50000000',
    amountStepMinor: '10000',
    minTenorMonths: 3,
    maxTenorMonths: 12,
    repaymentMethods: ['interest_monthly'],
    dayCount: 'ACT/360',
  },
  {
    ...FIRST,
    productCode: 'lpr-loan',
    name: 'LPR loan',
    nameZh: 'LPR浮动利率贷',
    status: 'open',
    effectiveFrom: '2028-03-01',
    minAmountMinor: '1000000',
    maxAmountMinor: '300000000',
    amountStepMinor: '10000',
    minTenorMonths: 3,
    maxTenorMonths: 36,
    repaymentMethods: ['equal_instalment', 'equal_principal', 'interest_monthly'],
    dayCount: 'periodic',
    floatingRate: { tenor: '1Y', repricesOn: 'january_first' },
  },
];
