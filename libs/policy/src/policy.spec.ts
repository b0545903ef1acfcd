import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { exposureCapMinor, obligorExposureCapMinor } from './exposure-cap.js';
import { policyInForce, policyOf } from './find-policy.js';
import { Policy } from './policy.js';

test('R-LG-01, R-OP-07: the release of a licence is chosen by date, and found again by version', () => {
  const policy = policyInForce('online_microloan', '2026-03-02');
  expect(policy.version).toBe('online_microloan.v0');
  expect(policyOf(policy.version)).toBe(policy);
});

test('a date before the first release is refused', () => {
  expect(() => policyInForce('online_microloan', '1999-01-01')).toThrow('no policy release');
});

test('M-AP-03, M-AM-01, M-AM-02: deadlines and authority are our defaults', () => {
  const policy = policyInForce('online_microloan', '2026-03-02');
  expect(policy.deadlines).toMatchObject({ verificationHours: 24, offerDays: 30, scoreDays: 30, contractDays: 7 });
  expect(policy.approval).toMatchObject({ autoMaxMinor: '30000000', singleMaxMinor: '100000000', singleLowerGradeMaxMinor: '50000000' });
});

test('M-LM-01, M-RP-01, M-RI-01: numbers of limit, price and index are data of the release', () => {
  const { limit, price, riskIndex } = policyInForce('online_microloan', '2026-03-02');
  expect(limit).toMatchObject({
    revenueShareBps: { R1: 2500, R4: 1500, R7: 500 },
    gradeCoefficientBps: { R1: 12_000, R4: 9000, R7: 4000 },
    taxMultiple: { A: 7, B: 5, M: 4, C: 2, D: 0 },
    dscr: '1.25',
    stressRateBps: 720,
  });
  expect(Object.keys(limit.revenueShareBps)).not.toContain('R8');
  expect(price).toMatchObject({ ftpBps: 240, lgdBps: 5500, roundUpToBps: 5 });
  expect(Object.values(riskIndex.weights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
});

test.each([
  ['online_microloan', 1_000_000_000n, 500_000_000n],
  ['local_microloan', 500_000_000n, 500_000_000n],
  ['bank', 1_000_000_000n, 500_000_000n],
] as const)(
  'G-ML-01, G-ML-03, G-WC-12, G-IL-03, M-LM-09, M-LM-10: a firm may owe %s a tenth of its base, and no more than the licence allows',
  (lenderType, cap, tenth) => {
    expect(obligorExposureCapMinor(lenderType, 'default', '2026-03-02')).toBe(cap);
    const { exposure, cost } = policyInForce(lenderType, '2026-03-02');
    expect(exposure.base).toBe(lenderType === 'bank' ? 'netCapital' : 'netAssets');
    expect(exposureCapMinor(exposure, 5_000_000_000n)).toBe(tenth);
    // G-PR-03, G-IL-14
    expect(cost).toEqual({ allInCapBps: 2400, capTest: 'effective' });
  },
);

test.each([
  ['a grade that does not exist', { limit: { revenueShareBps: { R1: 2500, R11: 100 } } }],
  ['a share that is not whole', { limit: { revenueShareBps: { R1: 0.5 } } }],
  ['a tax class left out', { limit: { taxMultiple: { A: 7, B: 5, M: 4, C: 2 } } }],
  ['a cap that no fact carries', { limit: { droppedWithoutFact: ['product'] } }],
  [
    'a line that falls back',
    {
      riskIndex: {
        voidShare: [
          [0.2, 40],
          [0.1, 75],
        ],
      },
    },
  ],
  ['an unknown that scores as good', { riskIndex: { unknown: 60 } }],
])('a policy release with %s does not load', (_, wrong: { limit?: object; riskIndex?: object }) => {
  const policy = JSON.parse(JSON.stringify(policyInForce('online_microloan', '2026-03-02'))) as Policy;
  const changed = { ...policy, limit: { ...policy.limit, ...wrong.limit }, riskIndex: { ...policy.riskIndex, ...wrong.riskIndex } };
  expect(validateSync(plainToInstance(Policy, policy))).toEqual([]);
  expect(validateSync(plainToInstance(Policy, changed))).toHaveLength(1);
});
