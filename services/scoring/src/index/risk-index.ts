import type { TaxClass } from '@millrace/contracts';

/** Dimensions of the comprehensive risk index (R-CR-08). */
export const DIMENSIONS = ['bureau', 'operations', 'financials', 'taxInvoice', 'industryRegion', 'owner'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Weights and sub-scores as data; sub-scores run from 0 to 100, high is good. */
export interface RiskIndexParameters {
  readonly weights: Readonly<Record<Dimension, number>>;
  /** Sub-score of anything that no source knows, below the middle: a gap never scores as good (R-CR-02). */
  readonly unknown: number;
  readonly bureauClean: number;
  readonly bureauNotClean: number;
  /** Taken off for each lender above three. */
  readonly perFurtherLender: number;
  readonly ownerClean: number;
  readonly ownerNotClean: number;
  readonly taxClass: Readonly<Record<TaxClass, number>>;
  /** Sub-score of an industry with coefficient 1. */
  readonly industry: number;
  /** Pairs of input and sub-score, straight between them. */
  readonly monthsInBusiness: readonly (readonly [number, number])[];
  readonly activeMonthsShare: readonly (readonly [number, number])[];
  readonly topBuyerShare: readonly (readonly [number, number])[];
  readonly voidShare: readonly (readonly [number, number])[];
  readonly cashFlowPerRevenue: readonly (readonly [number, number])[];
  readonly debtPerRevenue: readonly (readonly [number, number])[];
}

/** Weights of domain §3.3; the sub-scores are a first version of our own. */
export const RISK_INDEX_DEFAULTS: RiskIndexParameters = {
  weights: { bureau: 25, operations: 25, financials: 15, taxInvoice: 15, industryRegion: 10, owner: 10 },
  unknown: 40,
  bureauClean: 90,
  bureauNotClean: 15,
  perFurtherLender: 10,
  ownerClean: 85,
  ownerNotClean: 15,
  taxClass: { A: 95, B: 80, M: 65, C: 35, D: 0 },
  industry: 70,
  monthsInBusiness: [
    [0, 20],
    [12, 40],
    [24, 55],
    [36, 70],
    [60, 85],
    [120, 95],
  ],
  activeMonthsShare: [
    [0, 0],
    [0.5, 40],
    [0.9, 85],
    [1, 95],
  ],
  topBuyerShare: [
    [0.1, 95],
    [0.3, 80],
    [0.6, 50],
    [1, 20],
  ],
  voidShare: [
    [0, 95],
    [0.1, 75],
    [0.2, 40],
    [0.5, 0],
  ],
  cashFlowPerRevenue: [
    [0, 20],
    [0.05, 50],
    [0.1, 70],
    [0.2, 90],
  ],
  debtPerRevenue: [
    [0, 90],
    [0.25, 70],
    [0.5, 45],
    [1, 15],
  ],
};

/** What the index looks at; null where no source knows. Fraud and AML are gates of their own and never weighted in. */
export interface RiskIndexFacts {
  readonly bureauRecordFound: boolean;
  readonly bureauClean: boolean | null;
  readonly lenderCount: number | null;
  readonly monthsInBusiness: number | null;
  readonly activeMonthsShare: number | null;
  readonly topBuyerShare: number | null;
  readonly salesVoidShare: number | null;
  readonly taxClass: TaxClass | null;
  readonly revenue12mMinor: bigint | null;
  readonly cfads12mMinor: bigint | null;
  readonly totalDebtMinor: bigint | null;
  readonly ownerBureauClean: boolean | null;
  /** Industry coefficient in basis points of 1. */
  readonly industryCoefficientBps: number;
}

export type RiskBand = 'low' | 'mid_low' | 'mid' | 'high' | 'very_high';

/** The index with the parts it was made of. */
export interface RiskIndex {
  /** 0 to 100, high is good. */
  readonly value: number;
  readonly band: RiskBand;
  /** Null: left out, its weight spread. */
  readonly subScores: Readonly<Record<Dimension, number | null>>;
  readonly weights: Readonly<Record<Dimension, number>>;
}

function along(line: readonly (readonly [number, number])[], value: number | null): number | null {
  if (value === null) return null;
  const next = line.findIndex(([at]) => value < at);
  const left = line.at(next === -1 ? -1 : Math.max(next - 1, 0))!;
  if (next <= 0) return left[1];
  const right = line[next]!;
  return left[1] + ((right[1] - left[1]) * (value - left[0])) / (right[0] - left[0]);
}

function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function perRevenue(amount: bigint | null, revenue: bigint | null): number | null {
  return amount === null || revenue === null || revenue <= 0n ? null : Number(amount) / Number(revenue);
}

function yesNo(known: boolean | null, yes: number, no: number, unknown: number): number {
  if (known === null) return unknown;
  return known ? yes : no;
}

function subScoresOf(facts: RiskIndexFacts, p: RiskIndexParameters): Record<Dimension, number | null> {
  const clamp = (value: number): number => Math.min(Math.max(value, 0), 100);
  const furtherLenders = Math.max((facts.lenderCount ?? 0) - 3, 0);
  const bureau = facts.bureauRecordFound ? yesNo(facts.bureauClean, p.bureauClean, p.bureauNotClean, p.unknown) : p.unknown;
  const operations = [
    along(p.monthsInBusiness, facts.monthsInBusiness),
    along(p.activeMonthsShare, facts.activeMonthsShare),
    along(p.topBuyerShare, facts.topBuyerShare),
  ];
  const cashFlow = along(p.cashFlowPerRevenue, perRevenue(facts.cfads12mMinor, facts.revenue12mMinor));
  const debt = along(p.debtPerRevenue, perRevenue(facts.totalDebtMinor, facts.revenue12mMinor));
  const taxInvoice = [facts.taxClass === null ? null : p.taxClass[facts.taxClass], along(p.voidShare, facts.salesVoidShare)];
  return {
    bureau: clamp(bureau - furtherLenders * p.perFurtherLender),
    operations: meanOfKnown(operations) ?? p.unknown,
    // Debt alone says nothing about earnings, so without a cash flow there are no financials.
    financials: cashFlow === null ? null : meanOfKnown([cashFlow, debt]),
    taxInvoice: meanOfKnown(taxInvoice) ?? p.unknown,
    industryRegion: clamp((p.industry * facts.industryCoefficientBps) / 10_000),
    owner: yesNo(facts.ownerBureauClean, p.ownerClean, p.ownerNotClean, p.unknown),
  };
}

function weightsFor(subScores: Readonly<Record<Dimension, number | null>>, weights: RiskIndexParameters['weights']): Record<Dimension, number> {
  if (subScores.financials !== null) return { ...weights };
  const shared = weights.operations + weights.taxInvoice;
  return {
    ...weights,
    financials: 0,
    operations: weights.operations + (weights.financials * weights.operations) / shared,
    taxInvoice: weights.taxInvoice + (weights.financials * weights.taxInvoice) / shared,
  };
}

/** Band of an index (domain §3.3). */
export function riskBandOf(value: number): RiskBand {
  if (value >= 80) return 'low';
  if (value >= 65) return 'mid_low';
  if (value >= 50) return 'mid';
  return value >= 35 ? 'high' : 'very_high';
}

/** Comprehensive risk index 综合风险指数 (domain §3.3, R-CR-08); absent financials spread their weight over operations and tax+invoice in proportion. */
export function computeRiskIndex(facts: RiskIndexFacts, parameters: RiskIndexParameters = RISK_INDEX_DEFAULTS): RiskIndex {
  const subScores = subScoresOf(facts, parameters);
  const weights = weightsFor(subScores, parameters.weights);
  const total = DIMENSIONS.reduce((sum, dimension) => sum + weights[dimension], 0);
  const value = Math.round(DIMENSIONS.reduce((sum, dimension) => sum + weights[dimension] * (subScores[dimension] ?? 0), 0) / total);
  return { value, band: riskBandOf(value), subScores, weights };
}
