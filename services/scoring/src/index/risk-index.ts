import type { TaxClass } from '@millrace/contracts';
import type { RiskDimension, RiskIndexParameters } from '@millrace/policy';

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
  /** Industry coefficient in basis points of 1; null for an industry that no register knows. */
  readonly industryCoefficientBps: number | null;
}

export type RiskBand = 'low' | 'mid_low' | 'mid' | 'high' | 'very_high';

/** The index with the parts it was made of. */
export interface RiskIndex {
  /** 0 to 100, high is good. */
  readonly value: number;
  readonly band: RiskBand;
  /** Null: left out, its weight spread. */
  readonly subScores: Readonly<Record<RiskDimension, number | null>>;
  readonly weights: Readonly<Record<RiskDimension, number>>;
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

/** A firm of which it is not known from how many lenders it borrows is no better than one without a record: unknown is not none (R-CR-02). */
function bureauScore({ bureauRecordFound, bureauClean, lenderCount }: RiskIndexFacts, p: RiskIndexParameters): number {
  if (!bureauRecordFound) return p.unknown;
  const record = yesNo(bureauClean, p.bureauClean, p.bureauNotClean, p.unknown);
  if (lenderCount === null) return Math.min(record, p.unknown);
  return record - Math.max(lenderCount - p.lendersWithoutDeduction, 0) * p.perFurtherLender;
}

function subScoresOf(facts: RiskIndexFacts, p: RiskIndexParameters): Record<RiskDimension, number | null> {
  const clamp = (value: number): number => Math.min(Math.max(value, 0), 100);
  const operations = [
    along(p.monthsInBusiness, facts.monthsInBusiness),
    along(p.activeMonthsShare, facts.activeMonthsShare),
    along(p.topBuyerShare, facts.topBuyerShare),
  ];
  const cashFlow = along(p.cashFlowPerRevenue, perRevenue(facts.cfads12mMinor, facts.revenue12mMinor));
  const debt = along(p.debtPerRevenue, perRevenue(facts.totalDebtMinor, facts.revenue12mMinor));
  const taxInvoice = [facts.taxClass === null ? null : p.taxClass[facts.taxClass], along(p.voidShare, facts.salesVoidShare)];
  return {
    bureau: clamp(bureauScore(facts, p)),
    operations: meanOfKnown(operations) ?? p.unknown,
    // Debt alone says nothing about earnings, so without a cash flow there are no financials.
    financials: cashFlow === null ? null : meanOfKnown([cashFlow, debt]),
    taxInvoice: meanOfKnown(taxInvoice) ?? p.unknown,
    industryRegion: facts.industryCoefficientBps === null ? p.unknown : clamp((p.industry * facts.industryCoefficientBps) / 10_000),
    owner: yesNo(facts.ownerBureauClean, p.ownerClean, p.ownerNotClean, p.unknown),
  };
}

function weightsFor(subScores: Readonly<Record<RiskDimension, number | null>>, weights: RiskIndexParameters['weights']): Record<RiskDimension, number> {
  if (subScores.financials !== null) return { ...weights };
  const shared = weights.operations + weights.taxInvoice;
  return {
    ...weights,
    financials: 0,
    operations: weights.operations + (weights.financials * weights.operations) / shared,
    taxInvoice: weights.taxInvoice + (weights.financials * weights.taxInvoice) / shared,
  };
}

/** Band of an index (M-RI-03). */
export function riskBandOf(value: number, { bands }: Pick<RiskIndexParameters, 'bands'>): RiskBand {
  if (value >= bands.low) return 'low';
  if (value >= bands.midLow) return 'mid_low';
  if (value >= bands.mid) return 'mid';
  return value >= bands.high ? 'high' : 'very_high';
}

/** Comprehensive risk index 综合风险指数 (M-RI-01, M-RI-02, R-CR-08); absent financials spread their weight over operations and tax+invoice in proportion. */
export function computeRiskIndex(facts: RiskIndexFacts, parameters: RiskIndexParameters): RiskIndex {
  const subScores = subScoresOf(facts, parameters);
  const weights = weightsFor(subScores, parameters.weights);
  const dimensions = Object.keys(weights) as RiskDimension[];
  const total = dimensions.reduce((sum, dimension) => sum + weights[dimension], 0);
  const value = Math.round(dimensions.reduce((sum, dimension) => sum + weights[dimension] * (subScores[dimension] ?? 0), 0) / total);
  return { value, band: riskBandOf(value, parameters), subScores, weights };
}
