/** Profiles of the scenarios' firms. Amounts in fen. */

/** A statement that needs 661,333.33 yuan of working capital (G-WC-10). */
export const NEED_STATEMENT = {
  ownFundsMinor: '80000000',
  profitMarginBps: 800,
  growthBps: 1_000,
  inventoryDays: 45,
  receivableDays: 60,
  payableDays: 40,
  prepaidDays: 10,
  advanceDays: 5,
  workingCapitalLoansMinor: '90000000',
  otherChannelsMinor: '0',
  // Vector (d): a need of 661,333.33 yuan comes of a prior year's revenue of 12 million.
  revenuePriorYearMinor: '1200000000',
};

/** S01, vector (a): 42 months old, revenue 4.8m, tax 180k of class B, CFADS 420k, debt 200k, asks for 300,000 over 12 months. */
export const S01_FIRM = {
  mix: 'healthy',
  seed: 101,
  establishedOn: '2022-09-02',
  legalRepresentativeSince: '2022-09-02',
  revenue12mMinor: '480000000',
  declaredRevenueMinor: '480000000',
  declaredAnnualRevenueMinor: '480000000',
  taxClass: 'B',
  taxPaid12mMinor: '18000000',
  arrearsMinor: '0',
  totalDebtMinor: '20000000',
  unsecuredDebtMinor: '0',
  lenderCount: 1,
  statement: { ...NEED_STATEMENT, cfads12mMinor: '42000000' },
  requestedAmountMinor: '30000000',
  tenorMonths: 12,
  voidShareBps: 100,
  redLetterShareBps: 100,
  circularShareBps: 0,
};

/** S07, vector (b): no bureau record, owner clean, revenue 2.6m, tax 60k of class M, CFADS 260k, asks for 300,000. */
export const S07_FIRM = {
  ...S01_FIRM,
  seed: 107,
  establishedOn: '2024-10-10',
  legalRepresentativeSince: '2024-10-10',
  revenue12mMinor: '260000000',
  declaredRevenueMinor: '260000000',
  declaredAnnualRevenueMinor: '260000000',
  taxClass: 'M',
  taxPaid12mMinor: '6000000',
  bureauFound: false,
  totalDebtMinor: '0',
  unsecuredDebtMinor: '0',
  lenderCount: 0,
  statement: { ...NEED_STATEMENT, cfads12mMinor: '26000000' },
};

/** S08, vector (c): long in business, revenue 18m, tax 620k of class A, CFADS 1.9m, unsecured debt 300k, asks for 1,500,000. */
export const S08_FIRM = {
  ...S01_FIRM,
  seed: 108,
  establishedOn: '2020-03-02',
  legalRepresentativeSince: '2020-03-02',
  revenue12mMinor: '1800000000',
  declaredRevenueMinor: '1800000000',
  declaredAnnualRevenueMinor: '1800000000',
  taxClass: 'A',
  taxPaid12mMinor: '62000000',
  totalDebtMinor: '30000000',
  unsecuredDebtMinor: '30000000',
  statement: { ...NEED_STATEMENT, cfads12mMinor: '190000000', revenuePriorYearMinor: '1800000000' },
  requestedAmountMinor: '150000000',
};
