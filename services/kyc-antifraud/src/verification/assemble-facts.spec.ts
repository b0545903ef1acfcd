import { assembleFacts } from './assemble-facts.js';

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

const TAX = { taxClass: 'B' as const, taxPaid12mMinor: '1', arrearsMinor: '0', declaredAnnualRevenueMinor: '1200000000' };
const STATEMENT = {
  cfads12mMinor: '42000000',
  ownFundsMinor: '80000000',
  profitMarginBps: 800,
  growthBps: 1000,
  inventoryDays: 45,
  receivableDays: 60,
  payableDays: 40,
  prepaidDays: 10,
  advanceDays: 5,
  workingCapitalLoansMinor: '90000000',
  otherChannelsMinor: '0',
  revenuePriorYearMinor: '1200000000',
};

test('cash flow and working-capital need come from the tax statement (G-WC-10, vector d)', () => {
  const facts = assembleFacts(0n, { tax: { ...TAX, statement: STATEMENT } }, [], '2026-03-02');
  expect(facts).toMatchObject({ taxClass: 'B', cfads12mMinor: '42000000', workingCapitalNeedMinor: '66133333' });
});

test('a firm that filed no statement has neither; one that burns cash has no cash flow for a debt', () => {
  expect(assembleFacts(0n, { tax: { ...TAX, statement: null } }, [], '2026-03-02')).toMatchObject({ cfads12mMinor: null, workingCapitalNeedMinor: null });
  const burning = { ...STATEMENT, cfads12mMinor: '-100' };
  expect(assembleFacts(0n, { tax: { ...TAX, statement: burning } }, [], '2026-03-02').cfads12mMinor).toBe('0');
});

test('R-CR-02: a bureau without a record is not clean: it is unknown', () => {
  const bureau = { found: false, overdueNow: null, maxOverdueDays: null, totalDebtMinor: null, unsecuredDebtMinor: null, lenderCount: null };
  const owner = { found: true, overdueNow: false, maxOverdueDays: 0 };
  expect(assembleFacts(0n, { enterprise_bureau: bureau, personal_bureau: owner }, [], '2026-03-02')).toMatchObject({
    bureauRecordFound: false,
    bureauClean: null,
    ownerBureauClean: true,
  });
});

test('a firm that the registry does not know has no month in business and no industry', () => {
  expect(assembleFacts(0n, { registry: { status: 'not_found' } }, [], '2026-03-02')).toMatchObject({ monthsInBusiness: 0, industryCode: 'UNKNOWN' });
});
