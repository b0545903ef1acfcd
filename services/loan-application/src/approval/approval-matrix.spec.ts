import { policyInForce } from '@millrace/policy';
import { ApprovalMatrix } from './approval-matrix.js';
import type { ApprovalInput } from './approval-policy.js';

const policy = policyInForce('online_microloan', '2026-03-02');
const matrix = new ApprovalMatrix();
const yuan = (amount: number): bigint => BigInt(amount) * 100n;

/** S01: vector (a), everything clean. */
const clean: ApprovalInput = {
  grade: 'R4',
  riskIndex: 72,
  limitMinor: yuan(320_000),
  requestedAmountMinor: yuan(300_000),
  productMinMinor: yuan(10_000),
  fraudScore: 120,
  verificationOutcome: 'passed',
  clearedByPerson: false,
  amberFindings: 0,
  bureauRecordFound: true,
  bureauClean: true,
  ownerBureauClean: true,
  lenderCount: 2,
  taxClass: 'B',
  findings: [],
  industryCode: 'F51',
};
const decide = async (change: Partial<ApprovalInput>): Promise<{ route: string; tier: string; yuan: number; codes: string[] }> => {
  const { route, tier, amountMinor, reasons } = await matrix.decide({ ...clean, ...change }, policy);
  return { route, tier, yuan: Number(amountMinor / 100n), codes: reasons.map(({ code }) => code) };
};

test('S01, R-UW-07: vector (a) is approved by the engine at 300,000', async () => {
  await expect(decide({})).resolves.toEqual({ route: 'approve', tier: 'T0', yuan: 300_000, codes: [] });
});

test('S07: a thin file goes to one approver with 190,000 of the 300,000 asked', async () => {
  const thin = { grade: 'R5' as const, limitMinor: yuan(190_000), bureauRecordFound: false, bureauClean: null, lenderCount: null, taxClass: 'M' as const };
  await expect(decide(thin)).resolves.toEqual({ route: 'refer', tier: 'T1', yuan: 190_000, codes: ['THIN_FILE'] });
});

test('S09, M-AM-05: R8 is rejected', async () => {
  await expect(decide({ grade: 'R8', limitMinor: 0n })).resolves.toMatchObject({ route: 'reject', codes: ['GRADE_NOT_LENT', 'LIMIT_BELOW_PRODUCT_MINIMUM'] });
});

test.each<[string, Partial<ApprovalInput>, string, string, number, string[]]>([
  [
    '300,000.01 is above the automatic tier',
    { requestedAmountMinor: 30_000_001n, limitMinor: yuan(900_000) },
    'refer',
    'T1',
    300_000,
    ['AMOUNT_NEEDS_APPROVER'],
  ],
  [
    '1,000,000 is the last amount of one approver',
    { requestedAmountMinor: yuan(1_000_000), limitMinor: yuan(2_000_000) },
    'refer',
    'T1',
    1_000_000,
    ['AMOUNT_NEEDS_APPROVER'],
  ],
  [
    'above 1,000,000 one approver is offered 1,000,000',
    { requestedAmountMinor: yuan(1_500_000), limitMinor: yuan(1_460_000), grade: 'R3' },
    'refer',
    'T1',
    1_000_000,
    ['AMOUNT_NEEDS_FIELD_VISIT', 'AMOUNT_CAPPED_TO_AUTHORITY'],
  ],
  ['R6 needs a person whatever the amount', { grade: 'R6', requestedAmountMinor: yuan(100_000) }, 'refer', 'T1', 100_000, ['GRADE_NEEDS_APPROVER']],
  [
    'R6 above 500,000 is capped to 500,000',
    { grade: 'R6', requestedAmountMinor: yuan(600_000), limitMinor: yuan(600_000) },
    'refer',
    'T1',
    500_000,
    ['AMOUNT_NEEDS_COMMITTEE', 'GRADE_NEEDS_APPROVER', 'AMOUNT_CAPPED_TO_AUTHORITY'],
  ],
  ['R7 is for the committee, never for one approver', { grade: 'R7', requestedAmountMinor: yuan(100_000) }, 'refer', 'T3', 100_000, ['GRADE_NEEDS_COMMITTEE']],
  ['amber fraud needs a person', { fraudScore: 300 }, 'refer', 'T1', 300_000, ['VERIFICATION_SIGNALS']],
  ['red fraud is rejected, with no override', { fraudScore: 700 }, 'reject', 'T0', 0, ['APPLICATION_NOT_PROCESSED']],
  ['a cleared referral needs a person again', { verificationOutcome: 'referred', clearedByPerson: true }, 'refer', 'T1', 300_000, ['VERIFICATION_NOT_CLEAN']],
  ['an amber finding needs a person', { amberFindings: 1 }, 'refer', 'T1', 300_000, ['VERIFICATION_NOT_CLEAN']],
  ['an owner with an overdue loan needs a person', { ownerBureauClean: false }, 'refer', 'T1', 300_000, ['BUREAU_NOT_CLEAN']],
  ['five lenders need a person', { lenderCount: 5 }, 'refer', 'T1', 300_000, ['MANY_LENDERS']],
  ['four lenders do not', { lenderCount: 4 }, 'approve', 'T0', 300_000, []],
  ['an unknown number of lenders is not a small one', { lenderCount: null }, 'refer', 'T1', 300_000, ['LENDERS_UNKNOWN']],
  ['index 50 is sound', { riskIndex: 50 }, 'approve', 'T0', 300_000, []],
  ['index 49 raises T0 to T1', { riskIndex: 49 }, 'refer', 'T1', 300_000, ['RISK_INDEX_WEAK']],
  [
    'index 49 raises T1 to T2, which one approver cannot take',
    { riskIndex: 49, grade: 'R6' },
    'refer',
    'T2',
    300_000,
    ['GRADE_NEEDS_APPROVER', 'RISK_INDEX_WEAK'],
  ],
  ['index 34 is rejected', { riskIndex: 34 }, 'reject', 'T0', 0, ['RISK_INDEX_TOO_LOW']],
  ['a missing index needs a person', { riskIndex: null }, 'refer', 'T1', 300_000, ['RISK_INDEX_MISSING']],
  ['tax class D is rejected', { taxClass: 'D' }, 'reject', 'T0', 0, ['TAX_CLASS_D']],
  ['a limit below the product is rejected', { limitMinor: yuan(5_000) }, 'reject', 'T0', 0, ['LIMIT_BELOW_PRODUCT_MINIMUM']],
])('M-AM-01 to M-AM-06, R-UW-05: %s', async (_name, change, route, tier, amount, codes) => {
  await expect(decide(change)).resolves.toEqual({ route, tier, yuan: amount, codes });
});
