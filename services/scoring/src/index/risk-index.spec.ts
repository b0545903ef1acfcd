import { policyInForce } from '@millrace/policy';
import { computeRiskIndex as compute, riskBandOf, type RiskIndexFacts } from './risk-index.js';

const { riskIndex: PARAMETERS } = policyInForce('online_microloan', '2026-03-02');
const computeRiskIndex = (facts: RiskIndexFacts): ReturnType<typeof compute> => compute(facts, PARAMETERS);

const S01: RiskIndexFacts = {
  bureauRecordFound: true,
  bureauClean: true,
  lenderCount: 1,
  monthsInBusiness: 42,
  activeMonthsShare: null,
  topBuyerShare: null,
  salesVoidShare: null,
  taxClass: 'B',
  revenue12mMinor: 480_000_000n,
  cfads12mMinor: 42_000_000n,
  totalDebtMinor: 20_000_000n,
  ownerBureauClean: true,
  industryCoefficientBps: 10_000,
};
const S07: RiskIndexFacts = {
  ...S01,
  bureauRecordFound: false,
  bureauClean: null,
  lenderCount: null,
  monthsInBusiness: 18,
  taxClass: 'M',
  revenue12mMinor: 260_000_000n,
  cfads12mMinor: 26_000_000n,
  totalDebtMinor: null,
};

test('the firm of S01 is well above the line that raises the route, the thin file of S07 still above it', () => {
  // 25×90 + 25×73.75 + 15×(65 + 86.67)÷2 + 15×80 + 10×70 + 10×85 = 7,982.
  expect(computeRiskIndex(S01)).toMatchObject({ value: 80, band: 'low' });
  expect(computeRiskIndex(S07).value).toBeGreaterThanOrEqual(50);
  expect(computeRiskIndex(S07).value).toBeLessThan(computeRiskIndex(S01).value);
});

test('M-RI-02, R-CR-08, R-ID-05: absent financials spread their weight over operations and tax+invoice', () => {
  const { weights, subScores } = computeRiskIndex({ ...S01, cfads12mMinor: null });
  expect(subScores.financials).toBeNull();
  expect(weights).toEqual({ bureau: 25, operations: 34.375, financials: 0, taxInvoice: 20.625, industryRegion: 10, owner: 10 });
  expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
});

test('M-RI-04, R-CR-02: a missing bureau record is never as good as a clean one', () => {
  const { subScores } = computeRiskIndex({ ...S01, bureauRecordFound: false });
  expect(subScores.bureau).toBeLessThan(50);
  expect(computeRiskIndex({ ...S01, ownerBureauClean: null, taxClass: null }).value).toBeLessThan(computeRiskIndex(S01).value);
});

test('M-RI-05: each bad sign lowers the index', () => {
  const worse: Partial<RiskIndexFacts>[] = [
    { bureauClean: false },
    { lenderCount: 6 },
    { monthsInBusiness: 6 },
    { taxClass: 'D' },
    { salesVoidShare: 0.4 },
    { topBuyerShare: 1 },
    { activeMonthsShare: 0.1 },
    { totalDebtMinor: 900_000_000n },
    { cfads12mMinor: 0n },
    { ownerBureauClean: false },
    { industryCoefficientBps: 5000 },
  ];
  for (const sign of worse) expect(computeRiskIndex({ ...S01, ...sign }).value).toBeLessThan(computeRiskIndex(S01).value);
});

test('a firm of which it is not known from how many lenders it borrows is not one that borrows from none', () => {
  const bureauOf = (lenderCount: number | null) => computeRiskIndex({ ...S01, lenderCount }).subScores.bureau;
  expect([bureauOf(0), bureauOf(3), bureauOf(4), bureauOf(null)]).toEqual([90, 90, 80, PARAMETERS.unknown]);
  expect(compute({ ...S01, lenderCount: 3 }, { ...PARAMETERS, lendersWithoutDeduction: 1 }).subScores.bureau).toBe(70);
});

test('edges of the bands are those of the policy', () => {
  expect(riskBandOf(60, { bands: { ...PARAMETERS.bands, midLow: 60 } })).toBe('mid_low');
});

test('M-RI-03: bands have the edges of the policy', () => {
  expect([80, 79, 65, 64, 50, 49, 35, 34].map((value) => riskBandOf(value, PARAMETERS))).toEqual([
    'low',
    'mid_low',
    'mid_low',
    'mid',
    'mid',
    'high',
    'high',
    'very_high',
  ]);
});
