import { PRODUCT_STATUSES } from '../statuses.js';
import { MAX_GUARANTORS, type ConsentType, type DayCount, type Disclosure, type RepaymentMethod } from '../facts.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { bps, choice, day, money, months, object, text, whole } from './fields.js';
import { describeRoute } from './route.js';

/** Meaning of each way of repaying (R-DB-05). */
export const REPAYMENT_METHOD_MEANINGS = {
  equal_instalment: 'The same amount every month (等额本息).',
  equal_principal: 'The same principal every month, interest on what is left (等额本金).',
  interest_monthly: 'Interest every month, the principal at the end (先息后本).',
  bullet: 'Everything at the end (一次还本付息).',
} as const satisfies Readonly<Record<RepaymentMethod, string>>;

/** Meaning of each way of counting days. */
export const DAY_COUNT_MEANINGS = {
  periodic: 'A month is a twelfth of the annual rate.',
  '30E/360': 'Months of 30 days, years of 360 days.',
  'ACT/365': 'Days of the calendar over 365.',
  'ACT/360': 'Days of the calendar over 360.',
} as const satisfies Readonly<Record<DayCount, string>>;

/** What is agreed to with each consent (M-AP-06, R-LE-01). */
export const CONSENT_MEANINGS = {
  C1: 'The credit bureau is asked about the firm.',
  C2: 'The credit bureau is asked about the person who signs.',
  C3: 'Personal data are processed.',
  C4: 'Biometric data are processed; a consent of its own by law.',
  C5: 'Tax data and invoices are read.',
  C6: 'Data are shared with a named recipient.',
  C7: 'A machine takes part in the decision.',
  C8: 'The contract is signed electronically.',
  C9: 'The loan is reported to the credit bureau.',
} as const satisfies Readonly<Record<ConsentType, string>>;

/** What each page shows that an applicant has to see (R-AP-12). */
export const DISCLOSURE_MEANINGS = {
  risk_warning: 'What can go wrong with a loan, and what nobody may ask of an applicant.',
  cost_explainer: 'What a loan costs, and how costs are compared.',
} as const satisfies Readonly<Record<Disclosure, string>>;

/** The lender's words in Chinese, where it gave both languages; an answer in Chinese has them in the field of the plain name too. */
export const FEE_ITEM_ZH = text(100, '`item` in Chinese; missing where the lender gave one name.', '担保费').optional();
export const FEE_PAYEE_ZH = text(100, '`payee` in Chinese; missing where the lender gave one name.', '样例担保公司').optional();
export const FEE_STANDARD_ZH = text(200, '`standard` in Chinese; missing where the lender worded it once.', '本金的 0.50%，一次性收取').optional();

export const PRODUCT_FEE = describeAnswer('ProductFee', 'callers', 'A charge beside interest (G-PR-02).', {
  item: text(100, 'What is charged.', 'Guarantee fee'),
  itemZh: FEE_ITEM_ZH,
  payee: text(100, 'Who gets the money.', 'Sample Guarantee Co.'),
  payeeZh: FEE_PAYEE_ZH,
  standard: text(200, 'The charging standard in words.', '0.50% of the principal, once'),
  standardZh: FEE_STANDARD_ZH,
  bps: bps('Share of the principal.', 50),
  when: choice({ upfront: 'Once, when the loan is paid out.', each_instalment: 'With every instalment.' }, 'When it is charged.'),
});

/** Which published rate a floating one follows. */
export const LPR_TENOR = choice({ '1Y': 'The rate for one year.', '5Y': 'The rate for five years and more.' }, 'Which of the published rates it follows.');
/** When it follows. */
export const REPRICES_ON = choice(
  { january_first: 'Every 1 January.', anniversary: 'The day of the payout in each later year.' },
  'Days on which the rate becomes the newest published one plus the spread.',
);

const FLOATING_TERMS = describeAnswer(
  'FloatingTerms',
  'callers',
  'A rate that is the loan prime rate (LPR) plus a spread, which is what the rate of the offer is above it on the day of the contract (G-PR-05).',
  { tenor: LPR_TENOR, repricesOn: REPRICES_ON },
);

export const PRODUCT = describeAnswer('Product', 'callers', 'A product in force.', {
  productCode: text(64, 'Code that an application names the product by.', 'invoice-loan'),
  version: whole(1, 1_000_000, 'Version of the product; a change makes the next one.', 1),
  name: text(200, 'Name in English.', 'Invoice loan'),
  nameZh: text(200, 'Name in Chinese.', '发票贷'),
  status: choice(PRODUCT_STATUSES, 'Whether it takes applications.'),
  effectiveFrom: day('First business date on which this version takes applications.', '2026-01-01'),
  minAmountMinor: money('Smallest amount that can be applied for.', '1000000'),
  maxAmountMinor: money('Largest amount that can be applied for.', '100000000'),
  amountStepMinor: money('Requested amounts are whole multiples of this.', '10000'),
  minTenorMonths: months('Shortest tenor.', 3),
  maxTenorMonths: months('Longest tenor.', 24),
  repaymentMethods: choice(REPAYMENT_METHOD_MEANINGS, 'Ways of repaying that it offers.').list(10),
  dayCount: choice(DAY_COUNT_MEANINGS, 'How interest counts days.'),
  requiredConsents: choice(CONSENT_MEANINGS, 'Consents that an application for it must carry; each has a text at `GET /v1/consent-texts`.').list(20),
  requiredDisclosures: choice(DISCLOSURE_MEANINGS, 'Pages that the applicant has to see and tick; their texts are at `GET /v1/disclosures`.').list(10),
  fees: object(PRODUCT_FEE, 'Charges beside interest.').list(50),
  minGuarantors: whole(1, MAX_GUARANTORS, 'How many have to stand for the loan at least; absent where nobody has to.', 1).optional(),
  floatingRate: object(FLOATING_TERMS, 'How the rate follows the loan prime rate; absent where it is fixed for the whole term.').optional(),
});
export type ProductAnswer = AnswerOf<typeof PRODUCT>;

export const PRODUCT_LIST = describeAnswer('ProductList', 'callers', 'Products in force.', {
  items: object(PRODUCT, 'One of each product code, in the order of the codes.').list(1_000),
});

export const LIST_PRODUCTS = describeRoute({
  name: 'product_list',
  method: 'GET',
  path: '/v1/products',
  owner: { service: 'loan-application', path: '/products' },
  tag: 'Products',
  summary: 'Products in force, with limits, tenors, consents and fees',
  answers: { 200: { meaning: 'The products.', body: PRODUCT_LIST } },
});
