import { isValidResidentId, isValidUscc } from '@millrace/contracts';
import { makeUpIdentity, makeUpRecord, twelveMonths, type TwelveMonths } from './make-up-record.js';

const YEAR: TwelveMonths = { salesMinor: 1_000_000_00, purchasesMinor: 600_000_00, netVatMinor: 50_000_00, priorSalesMinor: 400_000_00 };
const record = (year: TwelveMonths, firmId = 'E1') => makeUpRecord('set', firmId, makeUpIdentity('set', firmId, null), year);

test('the same set and firm are the same for good, others are others', () => {
  const identity = makeUpIdentity('sme-invoices', 'E1', '***有限公司');
  expect(makeUpIdentity('sme-invoices', 'E1', '***有限公司')).toEqual(identity);
  // What is made up goes into stored decisions, so a change of it must be noticed.
  expect([identity.uscc, identity.legalRepresentative.idNumber]).toEqual(['91990100MAY4X5BKHW', '990101199509039701']);
  expect([isValidUscc(identity.uscc), isValidResidentId(identity.legalRepresentative.idNumber), identity.name]).toEqual([true, true, '***有限公司']);
  expect(makeUpIdentity('other', 'E1', null).uscc).not.toBe(identity.uscc);
  expect(makeUpIdentity('sme-invoices', 'E2', null).uscc).not.toBe(identity.uscc);
});

test('profit is a quarter of the margin, held between 2% and 15% of revenue; tax rests on VAT and profit; growth is held at 50%', () => {
  const made = record(YEAR);
  expect(made.statement).toMatchObject({
    cfads12mMinor: '10000000',
    profitMarginBps: 1_000,
    growthBps: 5_000,
    ownFundsMinor: '5000000',
    workingCapitalLoansMinor: '0',
  });
  expect(made.taxPaid12mMinor).toBe('5500000');
  expect(record({ ...YEAR, purchasesMinor: 0 }).statement!.cfads12mMinor).toBe('15000000');
  expect(record({ ...YEAR, purchasesMinor: 2_000_000_00, netVatMinor: -1 })).toMatchObject({
    taxPaid12mMinor: '600000',
    statement: { cfads12mMinor: '2000000' },
  });
});

test('a firm without revenue, or with more red letters than sales, has zeros and the smallest request', () => {
  for (const salesMinor of [0, -5_000_00]) {
    expect(record({ salesMinor, purchasesMinor: 100, netVatMinor: 7, priorSalesMinor: 0 })).toMatchObject({
      taxPaid12mMinor: '0',
      declaredRevenueMinor: '0',
      totalDebtMinor: '0',
      requestedAmountMinor: '5000000',
      statement: { cfads12mMinor: '0', profitMarginBps: 0, growthBps: 0, revenuePriorYearMinor: '0' },
    });
  }
});

test('made-up figures stay in their bounds and are mostly clean', () => {
  const made = Array.from({ length: 400 }, (_, at) => record(YEAR, `E${at}`));
  for (const firm of made) {
    expect(Number(firm.unsecuredDebtMinor)).toBeLessThanOrEqual(5_000_000);
    expect(Number(firm.totalDebtMinor)).toBeLessThanOrEqual(10_000_000);
    expect(Math.abs(Number(firm.declaredRevenueMinor) - 100_000_000)).toBeLessThanOrEqual(2_000_000);
    expect(firm).toMatchObject({
      status: 'active',
      overdueNow: false,
      dishonestDebtor: false,
      watchlists: [],
      abnormalListed: false,
      requestedAmountMinor: expect.stringMatching(/^(9|10)000000$/),
    });
  }
  const share = (of: (firm: (typeof made)[number]) => boolean): number => made.filter(of).length / made.length;
  expect(share(({ bureauFound }) => bureauFound)).toBeCloseTo(0.8, 1);
  expect(share(({ taxClass }) => taxClass === 'B')).toBeCloseTo(0.45, 1);
});

test('twelve months end with the reference month, and later ones do not count', () => {
  const month = (salesMinor: number) => ({ salesMinor, salesTaxMinor: 3, purchasesMinor: 1, purchasesTaxMinor: 1 });
  const months = {
    '2020-03': month(9_999),
    '2020-02': month(1),
    '2019-03': month(10),
    '2019-02': month(100),
    '2018-03': month(1_000),
    '2018-02': month(10_000),
  };
  expect(twelveMonths(months, '2020-02')).toEqual({ salesMinor: 11, purchasesMinor: 2, netVatMinor: 4, priorSalesMinor: 1_100 });
});
