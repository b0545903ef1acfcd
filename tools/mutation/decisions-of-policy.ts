import { GRADES, TAX_CLASSES } from '@millrace/contracts';
import { blockedUntil, exposureCapMinor, nextQueryAt, type Policy } from '@millrace/policy';
import { decideOutcome } from '../../services/kyc-antifraud/src/verification/decide-outcome.js';
import { personDecidesIdentity } from '../../services/kyc-antifraud/src/verification/identity-policy.js';
import { submissionRefusal } from '../../services/loan-application/src/application/submission-policy.js';
import { approvalFacts, decideApproval, type ApprovalInput } from '../../services/loan-application/src/approval/approval-policy.js';
import { makeOffer } from '../../services/loan-application/src/offer/make-offer.js';
import { deadlineAt } from '@millrace/process';
import { computeRiskIndex, riskBandOf, type RiskIndexFacts } from '../../services/scoring/src/index/risk-index.js';
import { computeLimit, type LimitFacts } from '../../services/scoring/src/limit/limit.js';
import { computePrice } from '../../services/scoring/src/price/price.js';

const NOW = new Date('2026-03-02T02:00:00Z');
const DAY_MS = 86_400_000;
const yuan = (amount: number): bigint => BigInt(amount) * 100n;
/** Around each threshold of the first release, so that one that moved decides otherwise on one side of it. */
const beside = (...edges: number[]): number[] => edges.flatMap((edge) => [edge - 1, edge, edge + 1]);

const APPROVAL: ApprovalInput = {
  grade: 'R4',
  riskIndex: 72,
  limitMinor: yuan(9_000_000),
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

function approvals(policy: Policy): unknown[] {
  const amounts = [...beside(30_000_000, 50_000_000, 100_000_000)].map((amount) => ({ requestedAmountMinor: BigInt(amount) }));
  const changes: Partial<ApprovalInput>[] = [
    ...GRADES.flatMap((grade) => amounts.map((amount) => ({ grade, ...amount }))),
    ...beside(35, 50).map((riskIndex) => ({ riskIndex })),
    ...beside(300, 700).map((fraudScore) => ({ fraudScore })),
    ...beside(4).map((lenderCount) => ({ lenderCount })),
  ];
  const byAmount = [{ tier: 'T2' as const, code: 'AMOUNT_NEEDS_COMMITTEE' as const, sentence: '', byAmount: true }];
  return changes.map((change) => {
    const input = { ...APPROVAL, ...change };
    return [Object.values(approvalFacts(input, policy)).join(' '), String(decideApproval(input, byAmount, policy).amountMinor)].join(' ');
  });
}

const LIMIT: LimitFacts = {
  grade: 'R4',
  requestedMinor: yuan(90_000_000),
  tenorMonths: 12,
  repaymentMethod: 'equal_instalment',
  revenue12mMinor: yuan(4_812_345),
  unsecuredDebtMinor: 0n,
  totalDebtMinor: yuan(200_000),
  taxPaid12mMinor: yuan(180_000),
  taxClass: 'B',
  eligibleReceivablesMinor: yuan(777_777),
  cfads12mMinor: yuan(420_000),
  workingCapitalNeedMinor: 66_133_333n,
  bureauRecordFound: true,
  productMaxMinor: yuan(3_000_000),
  regulatoryMaxMinor: yuan(10_000_000),
  industryCoefficientBps: 10_000,
};

function limits({ limit }: Policy): unknown[] {
  const missing = (
    ['revenue12mMinor', 'taxPaid12mMinor', 'eligibleReceivablesMinor', 'cfads12mMinor', 'workingCapitalNeedMinor', 'totalDebtMinor'] as const
  ).map((fact) => ({ [fact]: null }));
  const changes: Partial<LimitFacts>[] = [
    ...GRADES.map((grade) => ({ grade })),
    ...TAX_CLASSES.map((taxClass) => ({ taxClass })),
    { bureauRecordFound: false },
    ...missing,
  ];
  return changes.map((change) => {
    const { caps, capLimitMinor, bindingCap } = computeLimit({ ...LIMIT, ...change }, limit);
    return `${bindingCap} ${capLimitMinor}: ${caps.map(({ name, amountMinor }) => `${name} ${amountMinor}`).join(' ')}`;
  });
}

const INDEX: RiskIndexFacts = {
  bureauRecordFound: true,
  bureauClean: true,
  lenderCount: 1,
  monthsInBusiness: 42,
  activeMonthsShare: 0.95,
  topBuyerShare: 0.2,
  salesVoidShare: 0.05,
  taxClass: 'B',
  revenue12mMinor: 480_000_000n,
  cfads12mMinor: 42_000_000n,
  totalDebtMinor: 20_000_000n,
  ownerBureauClean: true,
  industryCoefficientBps: 10_000,
};

/** Sub-scores before they are rounded into the index; each line is asked at its points and between them. */
function indices({ riskIndex }: Policy): unknown[] {
  const shares = [0, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1];
  const months = [0, 6, 12, 18, 24, 30, 36, 48, 60, 90, 120, 150];
  const revenue = 100_000_000n;
  const of = (share: number): bigint => BigInt(Math.round(share * 1_000)) * (revenue / 1_000n);
  const changes: Partial<RiskIndexFacts>[] = [
    ...months.map((monthsInBusiness) => ({ monthsInBusiness })),
    ...shares.flatMap((share) => [{ activeMonthsShare: share }, { topBuyerShare: share }, { salesVoidShare: share }]),
    ...shares.flatMap((share) => [
      { revenue12mMinor: revenue, cfads12mMinor: of(share) },
      { revenue12mMinor: revenue, totalDebtMinor: of(share) },
    ]),
    ...[...TAX_CLASSES, null].map((taxClass) => ({ taxClass })),
    ...[0, 1, 3, 4, 5, 20, null].map((lenderCount) => ({ lenderCount })),
    ...[true, false, null].flatMap((clean) => [{ bureauClean: clean }, { ownerBureauClean: clean }]),
    { bureauRecordFound: false, bureauClean: null },
    { industryCoefficientBps: null },
    { industryCoefficientBps: 8_000 },
  ];
  return changes.map((change) => {
    const { value, subScores, weights } = computeRiskIndex({ ...INDEX, ...change }, riskIndex);
    return [value, ...Object.values(subScores), ...Object.values(weights)].join(' ');
  });
}

function offers(policy: Policy): unknown[] {
  const product = { minAmountMinor: '1000000', maxAmountMinor: '300000000', dayCount: 'periodic' as const, fees: [] };
  const offer = (rateBps: number, scoredDaysAgo: number): string => {
    const scoredAt = new Date(NOW.getTime() - scoredDaysAgo * DAY_MS);
    const made = makeOffer(
      { amountMinor: yuan(300_000), rateBps, tenorMonths: 12, repaymentMethod: 'equal_instalment', product, lenderName: 'L', scoredAt },
      policy,
      NOW,
    );
    return `${rateBps} ${String(made.overCap)} ${JSON.stringify(made.offer.expiresAt)}`;
  };
  return [...[635, ...beside(2_169, 2_170, 2_171, 2_172, 2_173, 2_400)].map((rateBps) => offer(rateBps, 0)), offer(635, 10), offer(635, 29)];
}

function times({ deadlines, coolingOff, payment, riskIndex }: Policy): unknown[] {
  const names = ['verificationHours', 'scoringHours', 'reviewBusinessDays', 'offerDays', 'contractDays', 'disbursementReviewBusinessDays'] as const;
  const block = (confirmedFraud: boolean): string => blockedUntil({ verification: { findings: [] }, confirmedFraud }, coolingOff, NOW)?.toISOString() ?? 'free';
  return [
    ...names.map((name) => `${name} ${deadlineAt(name, NOW, deadlines).toISOString()}`),
    block(true),
    block(false),
    ...beside(35, 50, 65, 80).map((value) => riskBandOf(value, riskIndex)),
    ...[0, 1, 2, 3, 4, 5].map((queries) => nextQueryAt(NOW, queries, payment.unknownQuerySeconds).toISOString()),
  ];
}

/** Consents around the greatest age, and tries of an identity around their number and their time. */
function applicants({ consent, disclosure, identity }: Policy): unknown[] {
  const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);
  const product = {
    status: 'open',
    minAmountMinor: '1',
    maxAmountMinor: '300000000',
    amountStepMinor: '1',
    minTenorMonths: 1,
    maxTenorMonths: 24,
    repaymentMethods: ['bullet'],
    requiredConsents: ['C1'],
  } as const;
  const submitted = (days: number): string => {
    const consents = [{ consentId: 'c', type: 'C1', grantedAt: ago(days).toISOString() } as const];
    const terms = { requestedAmountMinor: '100', currency: 'CNY', tenorMonths: 12, repaymentMethod: 'bullet', consents } as const;
    return submissionRefusal({ ...terms, disclosuresAcknowledged: ['risk_warning', 'cost_explainer'] }, product, { consent, disclosure }, NOW)?.code ?? 'taken';
  };
  const tries = (count: number, days: number): boolean =>
    personDecidesIdentity({ unprovenAt: Array.from({ length: count }, () => ago(days)), requestedAt: NOW }, identity);
  return [...beside(30).map(submitted), ...beside(3).map((count) => tries(count, 1)), ...beside(30).map((days) => tries(9, days))];
}

function frauds({ approval }: Policy): unknown[] {
  const hit = (points: number, severity: 'amber' | 'red') => [{ code: 'X', severity, points }];
  return [...beside(300, 700).map((points) => decideOutcome([], hit(points, 'amber'), approval)), decideOutcome([], hit(0, 'red'), approval)].map(
    ({ outcome, fraudScore }) => `${outcome} ${fraudScore}`,
  );
}

const LARGE_MINOR = 10n ** 17n;

/** Midst of the grades, and finer, so that each part of the price shows behind the rounding. */
const PDS_BPS = Array.from({ length: 60 }, (_, at) => 7 + at * 13);

/** What a policy decides, by area, through the services' own pure functions. */
export function decisionsOf(policy: Policy): Record<string, unknown[]> {
  return {
    approval: approvals(policy),
    fraud: frauds(policy),
    limit: limits(policy),
    riskIndex: indices(policy),
    price: PDS_BPS.map((pdBps) => computePrice(pdBps, policy.price)).map(({ rateBps, parts }) => `${rateBps} ${Object.values(parts).join(' ')}`),
    offer: offers(policy),
    times: times(policy),
    applicants: applicants(policy),
    // Each of the two limits binds once.
    exposure: [10_000_000_000n, LARGE_MINOR].flatMap((baseMinor) =>
      [{}, { obligorCapMinor: String(LARGE_MINOR) }].map(
        (change) => `${policy.exposure.base} ${exposureCapMinor({ ...policy.exposure, ...change }, baseMinor)}`,
      ),
    ),
  };
}
