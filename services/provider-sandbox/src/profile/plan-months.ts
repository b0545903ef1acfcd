import { MAX_REVENUE_MINOR, type TradeProfile } from './firm-profile.js';
import { SeededDraw } from './seeded-draw.js';

/** Sales of one month without VAT, red letters deducted, in fen. */
export interface MonthPlan {
  /** YYYY-MM. */
  readonly month: string;
  readonly salesMinor: number;
  readonly purchasesMinor: number;
}

/** Lowest part of a mean month that an active month has, so that every one of them sells something. */
const LEAST_FACTOR = 0.03;

/** Splits whole fen by weights; the parts sum exactly to the whole, and the largest weight takes the rest. */
export function splitExactly(totalMinor: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const parts = weights.map((weight) => Math.floor(totalMinor * (weight / sum)));
  const rest = totalMinor - parts.reduce((all, part) => all + part, 0);
  const largest = weights.indexOf(Math.max(...weights));
  return parts.map((part, at) => (at === largest ? part + rest : part));
}

/** `count` months that end with the last one, oldest first. */
export function monthsUpTo(lastMonth: string, count: number): string[] {
  const [year, month] = lastMonth.split('-').map(Number) as [number, number];
  return Array.from({ length: count }, (_, at) => {
    const index = year * 12 + month - 1 - (count - 1 - at);
    return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
}

/** Weights of mean about 1 whose deviation is the wanted one, before the floor. */
function monthlyWeights(draw: SeededDraw, count: number, variability: number): number[] {
  const drawn = Array.from({ length: count }, () => draw.normal());
  const mean = drawn.reduce((sum, value) => sum + value, 0) / count;
  const deviation = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count) || 1;
  return drawn.map((value) => Math.max(LEAST_FACTOR, 1 + (variability * (value - mean)) / deviation));
}

/** Revenue of the year before; held to what is added exactly, as a steep fall over ten years would leave whole numbers. */
function before(revenueMinor: number, growthBps: number): number {
  return Math.min(Math.round((revenueMinor * 10_000) / (10_000 + growthBps)), Number(MAX_REVENUE_MINOR));
}

/**
 * Sales and purchases of every month. The last 12 months sell exactly `revenue12mMinor`; each 12 before them the revenue that
 * `growthBps` grew from. The months since the last sale, at the end, have neither.
 */
export function planMonths(trade: TradeProfile, seed: string): MonthPlan[] {
  const draw = new SeededDraw(`${seed}/months`);
  const months = monthsUpTo(trade.referenceMonth, trade.historyMonths);
  const active = Math.max(0, months.length - trade.monthsSinceLastSale);
  if (active === 0) return [];
  const weights = monthlyWeights(draw, active, trade.variabilityBps / 10_000);
  const sales: number[] = [];
  let end = months.length;
  for (let revenue = Number(trade.revenue12mMinor); end > 0; end -= 12, revenue = before(revenue, trade.growthBps)) {
    const yearsWeights = weights.slice(Math.max(0, end - 12), Math.min(end, active));
    if (yearsWeights.length === 0) continue;
    // A year that the history only begins in sells its part of a year.
    const revenueOfPart = end < 12 && end < months.length ? Math.round((revenue * end) / 12) : revenue;
    sales.unshift(...splitExactly(revenueOfPart, yearsWeights));
  }
  const costShare = (10_000 - trade.grossMarginBps) / 10_000;
  return sales.map((salesMinor, at) => ({
    month: months[at]!,
    salesMinor,
    purchasesMinor: Math.max(0, Math.round(salesMinor * costShare)),
  }));
}
