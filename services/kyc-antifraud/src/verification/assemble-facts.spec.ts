import { assembleFacts, monthsBetween } from './assemble-facts.js';

test('whole months between two dates; a month counts on its day', () => {
  expect(monthsBetween('2022-09-02', '2026-03-02')).toBe(42);
  expect(monthsBetween('2022-09-03', '2026-03-02')).toBe(41);
  expect(monthsBetween('2026-04-01', '2026-03-02')).toBe(0);
});

test('without any source every fact is null or at its worst, never good (R-CR-02)', () => {
  expect(assembleFacts(480_000_000n, {}, [], '2026-03-02')).toEqual({
    monthsInBusiness: 0,
    industryCode: 'UNKNOWN',
    declaredRevenueMinor: '480000000',
    invoicedRevenue12mMinor: null,
    taxClass: null,
    taxPaid12mMinor: null,
    cfads12mMinor: null,
    workingCapitalNeedMinor: null,
    bureauRecordFound: false,
    bureauClean: null,
    ownerBureauClean: null,
    totalDebtMinor: null,
    unsecuredDebtMinor: null,
    lenderCount: null,
    invoices: null,
    provenance: [],
  });
});

test('the working-capital need comes from the tax statement (G-WC-10, vector d)', () => {
  const statement = {
    revenueMinor: '1200000000',
    profitMarginBps: 800,
    growthBps: 1000,
    inventoryDays: 45,
    receivableDays: 60,
    payableDays: 40,
    prepaidDays: 10,
    advanceReceiptDays: 5,
    ownFundsMinor: '80000000',
    existingLoansMinor: '90000000',
    otherChannelsMinor: '0',
  };
  const facts = assembleFacts(0n, { tax: { taxClass: 'B', taxPaid12mMinor: '1', cfads12mMinor: null, statement } }, [], '2026-03-02');
  expect(facts).toMatchObject({ taxClass: 'B', workingCapitalNeedMinor: '66133333' });
});

test('a bureau without a record is not clean: it is unknown (trap 3)', () => {
  const bureau = { recordFound: false, overdueNow: false, totalDebtMinor: null, unsecuredDebtMinor: null, lenderCount: null };
  expect(assembleFacts(0n, { enterprise_bureau: bureau, personal_bureau: { recordFound: true, overdueNow: false } }, [], '2026-03-02')).toMatchObject({
    bureauRecordFound: false,
    bureauClean: null,
    ownerBureauClean: true,
  });
});
