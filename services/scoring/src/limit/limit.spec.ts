import fc from 'fast-check';
import { REPAYMENT_METHODS } from '@millrace/contracts';
import { policyInForce, policyOf } from '@millrace/policy';
import { computeLimit as compute, type LimitFacts } from './limit.js';

const { limit: LIMIT } = policyInForce('online_microloan', '2026-03-02');
const computeLimit = (facts: LimitFacts, parameters = LIMIT): ReturnType<typeof compute> => compute(facts, parameters);

const yuan = (amount: number): bigint => BigInt(amount) * 100n;
const BASE: LimitFacts = {
  grade: 'R4',
  requestedMinor: yuan(300_000),
  tenorMonths: 12,
  repaymentMethod: 'equal_instalment',
  revenue12mMinor: yuan(4_800_000),
  unsecuredDebtMinor: 0n,
  totalDebtMinor: yuan(200_000),
  taxPaid12mMinor: yuan(180_000),
  taxClass: 'B',
  eligibleReceivablesMinor: null,
  cfads12mMinor: yuan(420_000),
  workingCapitalNeedMinor: 66_133_333n,
  bureauRecordFound: true,
  productMaxMinor: yuan(3_000_000),
  regulatoryMaxMinor: yuan(10_000_000),
  industryCoefficientBps: 10_000,
};
const capsOf = (facts: LimitFacts): Record<string, bigint> => Object.fromEntries(computeLimit(facts).caps.map(({ name, amountMinor }) => [name, amountMinor]));

test('M-LM-02 to M-LM-07, vector (a), S01: 300,000 of 300,000; the cap is 320,000', () => {
  expect(capsOf(BASE)).toEqual({
    revenue: 72_000_000n,
    tax: 81_000_000n,
    dscr: 32_325_481n,
    working_capital_need: 66_133_333n,
    leverage: 220_000_000n,
    product: 300_000_000n,
    regulatory: 1_000_000_000n,
  });
  expect(computeLimit(BASE)).toMatchObject({
    approvedMinor: yuan(300_000),
    capLimitMinor: yuan(320_000),
    bindingCap: 'request',
    lowestCap: 'dscr',
    reasonCode: null,
    missing: ['receivables'],
  });
});

test('M-LM-03, M-LM-08, R-AP-02, vector (b), S07: a thin file gets 190,000 of 300,000, bound by tax', () => {
  const facts: LimitFacts = {
    ...BASE,
    grade: 'R5',
    revenue12mMinor: yuan(2_600_000),
    taxPaid12mMinor: yuan(60_000),
    taxClass: 'M',
    cfads12mMinor: yuan(260_000),
    unsecuredDebtMinor: null,
    totalDebtMinor: null,
    workingCapitalNeedMinor: null,
    bureauRecordFound: false,
  };
  expect(capsOf(facts)).toMatchObject({ tax: 19_200_000n, dscr: 20_011_012n, thin_file: 20_000_000n });
  expect(computeLimit(facts)).toMatchObject({ approvedMinor: yuan(190_000), bindingCap: 'tax', missing: ['receivables', 'working_capital_need'] });
});

test('M-LM-05, vector (c), S08: 1,460,000 of 1,500,000, bound by cash flow', () => {
  const facts: LimitFacts = {
    ...BASE,
    grade: 'R3',
    requestedMinor: yuan(1_500_000),
    revenue12mMinor: yuan(18_000_000),
    taxPaid12mMinor: yuan(620_000),
    taxClass: 'A',
    cfads12mMinor: yuan(1_900_000),
    unsecuredDebtMinor: yuan(300_000),
    totalDebtMinor: yuan(300_000),
    workingCapitalNeedMinor: null,
  };
  const { dscr, revenue, tax } = capsOf(facts);
  expect([revenue, tax, dscr! / 100n]).toEqual([yuan(3_300_000), yuan(4_340_000), 1_462_343n]);
  expect(computeLimit(facts)).toMatchObject({ approvedMinor: yuan(1_460_000), bindingCap: 'dscr' });
});

test('M-LM-06, G-WC-10, vector (d): the official need, after own funds and existing loans, is a cap to the cent', () => {
  expect(computeLimit({ ...BASE, requestedMinor: yuan(900_000), cfads12mMinor: null })).toMatchObject({
    approvedMinor: yuan(660_000),
    bindingCap: 'working_capital_need',
    missing: ['receivables', 'dscr'],
  });
});

test('a missing fact is 0 unless the policy drops its cap (R-CR-02)', () => {
  expect(computeLimit({ ...BASE, taxClass: null })).toMatchObject({ approvedMinor: 0n, bindingCap: 'tax', missing: ['tax', 'receivables'] });
  expect(computeLimit({ ...BASE, totalDebtMinor: null })).toMatchObject({ approvedMinor: 0n, bindingCap: 'leverage' });
  expect(computeLimit({ ...BASE, taxClass: null }, { ...LIMIT, droppedWithoutFact: ['tax', 'receivables'] }).approvedMinor).toBe(yuan(300_000));
});

test('M-GR-02: grades below R7 get nothing, and their caps say so', () => {
  expect(computeLimit({ ...BASE, grade: 'R8' })).toMatchObject({
    approvedMinor: 0n,
    capLimitMinor: 0n,
    bindingCap: 'grade',
    reasonCode: 'LIMIT_BOUND_BY_GRADE',
  });
});

test('M-LM-01, M-LM-04, R-MK-02: the industry coefficient applies before the floor, receivables count at the advance rate', () => {
  expect(computeLimit({ ...BASE, industryCoefficientBps: 8500 })).toMatchObject({ approvedMinor: yuan(250_000), capLimitMinor: yuan(270_000) });
  expect(computeLimit({ ...BASE, eligibleReceivablesMinor: yuan(100_000) })).toMatchObject({ approvedMinor: yuan(70_000), bindingCap: 'receivables' });
  expect(computeLimit({ ...BASE, cfads12mMinor: yuan(12_500) }, { ...LIMIT, stressRateBps: 0 }).approvedMinor).toBe(yuan(10_000));
  expect(() => computeLimit({ ...BASE, tenorMonths: 0 })).toThrow(RangeError);
});

test('M-LM-01, R-DB-06: a limit is a whole step, within the request and every cap', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      amount,
      fc.integer({ min: 1, max: 60 }),
      (requestedMinor, revenue12mMinor, cfads12mMinor, totalDebtMinor, tenorMonths) => {
        const { approvedMinor, caps } = computeLimit({ ...BASE, requestedMinor, revenue12mMinor, cfads12mMinor, totalDebtMinor, tenorMonths });
        expect(approvedMinor % 1_000_000n).toBe(0n);
        expect(approvedMinor <= requestedMinor && caps.every(({ amountMinor }) => approvedMinor <= amountMinor)).toBe(true);
      },
    ),
  );
});

test('M-LM-05, M-LM-11: by way to repay the cash flow carries another principal, and each way carries no more than it can pay', () => {
  const byMethod = { ...LIMIT, dscrService: 'method' as const };
  const capOf = (repaymentMethod: LimitFacts['repaymentMethod'], parameters: typeof LIMIT): bigint =>
    computeLimit({ ...BASE, repaymentMethod }, parameters).caps.find(({ name }) => name === 'dscr')!.amountMinor;
  expect(REPAYMENT_METHODS.map((method) => capOf(method, LIMIT))).toEqual(REPAYMENT_METHODS.map(() => 32_325_481n));
  expect(REPAYMENT_METHODS.map((method) => [method, capOf(method, byMethod)])).toEqual([
    ['equal_instalment', 32_325_481n],
    ['equal_principal', 31_343_283n],
    ['interest_monthly', 31_343_283n],
    ['bullet', 31_343_283n],
  ]);
  // 420,000 a year over 1.25 is 28,000 a month: twelfth of the principal and a month's interest at 7.2% are within it, or all of it within the year.
  expect(31_343_283n / 12n + (31_343_283n * 72n) / 12_000n).toBeLessThanOrEqual(2_800_000n);
  expect(31_343_283n + (31_343_283n * 72n) / 1_000n).toBeLessThanOrEqual(12n * 2_800_000n);
});

test('M-LM-11: from 2027 on the release asks for the debt service of the method, and applications of before keep theirs', () => {
  expect([policyOf('online_microloan.v0').limit.dscrService, policyInForce('online_microloan', '2026-12-31').limit.dscrService]).toEqual([
    'annuity',
    'annuity',
  ]);
  expect(policyInForce('online_microloan', '2027-01-01')).toMatchObject({ version: 'online_microloan.v1', limit: { dscrService: 'method' } });
});
