import { Decimal } from 'decimal.js';
import type { Grade, RepaymentMethod, TaxClass } from '@millrace/contracts';
import type { CodeFor } from '@millrace/reasons';
import type { FactCap, LimitParameters } from '@millrace/policy';

/** Caps on a limit (M-LM-02 to M-LM-08); `grade` stands for "not lent to". */
export type CapName = 'grade' | FactCap | 'product' | 'thin_file' | 'regulatory';

/** Facts of the firm and its request; null where no source knows. All amounts in fen. */
export interface LimitFacts {
  readonly grade: Grade;
  readonly requestedMinor: bigint;
  readonly tenorMonths: number;
  readonly repaymentMethod: RepaymentMethod;
  readonly revenue12mMinor: bigint | null;
  readonly unsecuredDebtMinor: bigint | null;
  readonly totalDebtMinor: bigint | null;
  readonly taxPaid12mMinor: bigint | null;
  readonly taxClass: TaxClass | null;
  readonly eligibleReceivablesMinor: bigint | null;
  readonly cfads12mMinor: bigint | null;
  /** New limit after own funds and existing loans, by the official formula. */
  readonly workingCapitalNeedMinor: bigint | null;
  readonly bureauRecordFound: boolean;
  readonly productMaxMinor: bigint;
  /** Most that the licence lends to one borrower (G-ML-01, G-ML-03). */
  readonly regulatoryMaxMinor: bigint;
  /** Industry coefficient in basis points of 1. */
  readonly industryCoefficientBps: number;
}

/** One cap in fen, rounded down to the fen and never below zero. */
export interface Cap {
  readonly name: CapName;
  readonly amountMinor: bigint;
}

/** What can be lent, and why not more. */
export interface Limit {
  readonly caps: readonly Cap[];
  /** Lowest cap × industry coefficient, floored to the step: what the firm can carry whatever it asks for. */
  readonly capLimitMinor: bigint;
  /** Cap that binds `capLimitMinor`. */
  readonly lowestCap: CapName;
  /** The same with the request as a further cap: what is proposed. */
  readonly approvedMinor: bigint;
  /** What binds `approvedMinor`: the lowest cap, or the request where no cap is lower. */
  readonly bindingCap: CapName | 'request';
  /** Null where the request binds: nothing was taken from it. */
  readonly reasonCode: CodeFor<'limit'> | null;
  /** Caps whose fact is missing, dropped or set to 0 by the policy. */
  readonly missing: readonly CapName[];
}

const CAP_REASONS: Readonly<Record<CapName, CodeFor<'limit'>>> = {
  grade: 'LIMIT_BOUND_BY_GRADE',
  revenue: 'LIMIT_BOUND_BY_REVENUE',
  tax: 'LIMIT_BOUND_BY_TAX',
  receivables: 'LIMIT_BOUND_BY_RECEIVABLES',
  dscr: 'LIMIT_BOUND_BY_DSCR',
  working_capital_need: 'LIMIT_BOUND_BY_WORKING_CAPITAL_NEED',
  leverage: 'LIMIT_BOUND_BY_LEVERAGE',
  product: 'LIMIT_BOUND_BY_PRODUCT',
  thin_file: 'LIMIT_BOUND_BY_THIN_FILE',
  regulatory: 'LIMIT_BOUND_BY_REGULATORY',
};
const BPS = 10_000;
// Compounding over a long term needs more digits than the default 20 to stay exact to the fen.
const Exact = Decimal.clone({ precision: 50 });

function minor(value: Decimal): bigint {
  return value.isNegative() ? 0n : BigInt(value.toFixed(0, Decimal.ROUND_DOWN));
}

function exact(amount: bigint): Decimal {
  return new Exact(amount.toString());
}

/** What one fen a month carries of principal, by way to repay; the interest of what is due at the end is simple (M-LM-05, M-LM-11). */
const CARRIED: Readonly<Record<RepaymentMethod, (rate: Decimal, months: number) => Decimal>> = {
  equal_instalment: (rate, months) => (rate.isZero() ? new Exact(months) : new Exact(1).minus(rate.plus(1).pow(-months)).div(rate)),
  equal_principal: (rate, months) => new Exact(months).div(rate.times(months).plus(1)),
  interest_monthly: (rate, months) => new Exact(months).div(rate.times(months).plus(1)),
  bullet: (rate, months) => new Exact(months).div(rate.times(months).plus(1)),
};

function dscrCap(cfads12m: bigint, { tenorMonths, repaymentMethod }: LimitFacts, { dscr, stressRateBps, dscrService }: LimitParameters): bigint {
  const monthly = exact(cfads12m).div(12).div(dscr);
  const rate = new Exact(stressRateBps).div(BPS).div(12);
  const carried = CARRIED[dscrService === 'annuity' ? 'equal_instalment' : repaymentMethod];
  return minor(monthly.times(carried(rate, tenorMonths)));
}

/** Amount of a cap, null where its fact is missing. */
function amountsOf(facts: LimitFacts, parameters: LimitParameters): [CapName, bigint | null][] {
  const { grade, revenue12mMinor: revenue, taxPaid12mMinor: tax, taxClass, bureauRecordFound } = facts;
  // Without a bureau record nobody knows of debts; the thin-file cap stands in for that doubt.
  const unsecured = facts.unsecuredDebtMinor ?? (bureauRecordFound ? null : 0n);
  const debt = facts.totalDebtMinor ?? (bureauRecordFound ? null : 0n);
  const share = parameters.revenueShareBps[grade] ?? 0;
  const coefficient = parameters.gradeCoefficientBps[grade] ?? 0;
  const part = (amount: bigint, bps: number): Decimal => exact(amount).times(bps).div(BPS);
  const amounts: [CapName, bigint | null][] = [
    ['revenue', revenue === null || unsecured === null ? null : minor(part(revenue, share).minus(exact(unsecured)))],
    ['tax', tax === null || taxClass === null ? null : minor(part(tax, coefficient).times(parameters.taxMultiple[taxClass]))],
    ['receivables', facts.eligibleReceivablesMinor === null ? null : minor(part(facts.eligibleReceivablesMinor, parameters.receivablesAdvanceBps))],
    ['dscr', facts.cfads12mMinor === null ? null : dscrCap(facts.cfads12mMinor, facts, parameters)],
    ['working_capital_need', facts.workingCapitalNeedMinor === null ? null : minor(exact(facts.workingCapitalNeedMinor))],
    ['leverage', revenue === null || debt === null ? null : minor(part(revenue, parameters.leverageBps).minus(exact(debt)))],
    ['product', facts.productMaxMinor],
    ['regulatory', facts.regulatoryMaxMinor],
  ];
  if (!bureauRecordFound) amounts.push(['thin_file', BigInt(parameters.thinFileCapMinor)]);
  if (share === 0) amounts.unshift(['grade', 0n]);
  return amounts;
}

/** All caps, the binding one and the proposed limit (M-LM-01). Throws RangeError for a request or term that is none. */
export function computeLimit(facts: LimitFacts, parameters: LimitParameters): Limit {
  if (facts.requestedMinor < 0n || !Number.isInteger(facts.tenorMonths) || facts.tenorMonths < 1) throw new RangeError('a limit needs a request and a term');
  const amounts = amountsOf(facts, parameters);
  const missing = amounts.flatMap(([name, amount]) => (amount === null ? [name] : []));
  const caps = amounts
    .filter(([name, amount]) => amount !== null || !(parameters.droppedWithoutFact as readonly CapName[]).includes(name))
    .map(([name, amount]): Cap => ({ name, amountMinor: amount ?? 0n }));
  const lowest = caps.reduce((least, cap) => (cap.amountMinor < least.amountMinor ? cap : least));
  const step = BigInt(parameters.stepMinor);
  const floored = (amount: bigint): bigint => {
    const industry = minor(exact(amount).times(facts.industryCoefficientBps).div(BPS));
    return industry - (industry % step);
  };
  const requestBinds = facts.requestedMinor <= lowest.amountMinor;
  return {
    caps,
    capLimitMinor: floored(lowest.amountMinor),
    lowestCap: lowest.name,
    approvedMinor: floored(requestBinds ? facts.requestedMinor : lowest.amountMinor),
    bindingCap: requestBinds ? 'request' : lowest.name,
    reasonCode: requestBinds ? null : CAP_REASONS[lowest.name],
    missing,
  };
}
