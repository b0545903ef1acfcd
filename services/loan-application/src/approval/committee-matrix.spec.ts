import { policyInForce } from '@millrace/policy';
import { ApprovalMatrix } from './approval-matrix.js';
import type { ApprovalInput } from './approval-policy.js';

// Goal: who decides above one approver, before and after the committee sits. Method: the shipped table under the policy of either day.
const matrix = new ApprovalMatrix();
const yuan = (amount: number): bigint => BigInt(amount) * 100n;

/** S08: vector (c), everything clean. */
const LARGE: ApprovalInput = {
  grade: 'R3',
  riskIndex: 80,
  limitMinor: yuan(1_460_000),
  requestedAmountMinor: yuan(1_500_000),
  productMinMinor: yuan(10_000),
  fraudScore: 120,
  verificationOutcome: 'passed',
  clearedByPerson: false,
  amberFindings: 0,
  bureauRecordFound: true,
  bureauClean: true,
  ownerBureauClean: true,
  lenderCount: 2,
  taxClass: 'A',
  findings: [],
  industryCode: 'F51',
};
const decideOn = async (day: string, change: Partial<ApprovalInput> = {}) => {
  const { route, tier, decider, amountMinor } = await matrix.decide({ ...LARGE, ...change }, policyInForce('online_microloan', day));
  return { route, tier: decider ? `${tier} then ${decider}` : tier, yuan: Number(amountMinor / 100n) };
};

test('S08, M-AM-03: from 2028-05-01 on the committee is asked for all of 1,460,000; before, one approver was offered 1,000,000', async () => {
  expect(await decideOn('2028-05-01')).toEqual({ route: 'refer', tier: 'T3 then T2', yuan: 1_460_000 });
  expect(await decideOn('2028-04-30')).toEqual({ route: 'refer', tier: 'T1', yuan: 1_000_000 });
});

test.each<[string, Partial<ApprovalInput>, string, number]>([
  ['1,000,000 is the last amount of one approver', { limitMinor: yuan(1_000_000) }, 'T1', 1_000_000],
  ['1,000,000.01 is for the committee', { limitMinor: yuan(1_000_000) + 1n }, 'T3 then T2', 1_000_000],
  ['R6 at 500,000 is for one approver', { grade: 'R6', limitMinor: yuan(500_000) }, 'T1', 500_000],
  ['R6 above 500,000 is for the committee', { grade: 'R6', limitMinor: yuan(510_000) }, 'T2', 510_000],
  ['R7 is for the committee', { grade: 'R7', limitMinor: yuan(100_000) }, 'T3 then T2', 100_000],
  ['R7 gets 500,000 and no more', { grade: 'R7', limitMinor: yuan(600_000) }, 'T3 then T2', 500_000],
  ['a mismatch that nobody has cleared is looked at on the spot', { findings: ['TAX_REVENUE_GAP'], limitMinor: yuan(200_000) }, 'T3 then T1', 200_000],
  ['a mismatch that a person has cleared is not', { findings: ['TAX_REVENUE_GAP'], clearedByPerson: true, limitMinor: yuan(200_000) }, 'T1', 200_000],
  ['another finding is none', { findings: ['DEBT_NOT_KNOWN'], amberFindings: 1, limitMinor: yuan(200_000) }, 'T1', 200_000],
  ['real estate above 500,000 is visited', { industryCode: 'K7010', limitMinor: yuan(500_001) }, 'T3 then T1', 500_001],
  ['real estate at 500,000 is not', { industryCode: '7010', limitMinor: yuan(500_000) }, 'T1', 500_000],
  ['trade above 500,000 is not', { industryCode: 'F51', limitMinor: yuan(500_001) }, 'T1', 500_001],
  ['a weak index raises the committee to a visit before it', { riskIndex: 49, grade: 'R6', limitMinor: yuan(510_000) }, 'T3 then T2', 510_000],
  ['a weak index raises one approver to the committee', { riskIndex: 49, limitMinor: yuan(900_000) }, 'T2', 900_000],
  ['a weak index raises the engine to one approver', { riskIndex: 49, limitMinor: yuan(200_000) }, 'T1', 200_000],
])('M-AM-02, M-AM-03: %s', async (_name, change, tier, amount) => {
  expect(await decideOn('2028-05-01', change)).toEqual({ route: 'refer', tier, yuan: amount });
});

test('M-AM-05: what the engine rejects reaches no committee', async () => {
  for (const hard of [{ grade: 'R8' }, { fraudScore: 700 }, { taxClass: 'D' }, { riskIndex: 34 }] as const)
    expect(await decideOn('2028-05-01', hard)).toMatchObject({ route: 'reject' });
});
