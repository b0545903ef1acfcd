import { Decimal } from 'decimal.js';

/** Parts of the price in basis points; a policy pack's `price` fits as it is. */
export interface PriceParameters {
  readonly ftpBps: number;
  readonly operatingCostBps: number;
  /** Loss given default: depends on the security (domain §3.5). */
  readonly lgdBps: number;
  readonly riskWeightBps: number;
  readonly capitalRatioBps: number;
  readonly hurdleBps: number;
  readonly marginBps: number;
  readonly subsidyBps: number;
  readonly loyaltyBps: number;
  readonly roundUpToBps: number;
}

/** The handbook's own numbers (domain §3.5, [D]). */
export const PRICE_DEFAULTS: PriceParameters = {
  ftpBps: 240,
  operatingCostBps: 160,
  lgdBps: 5500,
  riskWeightBps: 7500,
  capitalRatioBps: 1050,
  hurdleBps: 1300,
  marginBps: 60,
  subsidyBps: 0,
  loyaltyBps: 0,
  roundUpToBps: 5,
};

/** A price and what it is made of, basis points as decimal text. */
export interface Price {
  readonly rateBps: number;
  readonly parts: {
    readonly expectedLossBps: string;
    readonly capitalChargeBps: string;
    readonly beforeRoundingBps: string;
  };
}

const BPS = 10_000;

/** Annual rate for a PD (that of the middle of the grade), rounded up; subsidies never make it negative. */
export function computePrice(pdBps: number, parameters: PriceParameters = PRICE_DEFAULTS): Price {
  const expectedLoss = new Decimal(pdBps).times(parameters.lgdBps).div(BPS);
  const capitalCharge = new Decimal(parameters.riskWeightBps)
    .times(parameters.capitalRatioBps)
    .times(parameters.hurdleBps - parameters.ftpBps)
    .div(BPS)
    .div(BPS);
  const before = new Decimal(parameters.ftpBps + parameters.operatingCostBps + parameters.marginBps - parameters.subsidyBps - parameters.loyaltyBps)
    .plus(expectedLoss)
    .plus(capitalCharge);
  const rate = Decimal.max(before.toNearest(parameters.roundUpToBps, Decimal.ROUND_UP), 0);
  return {
    rateBps: rate.toNumber(),
    parts: { expectedLossBps: expectedLoss.toString(), capitalChargeBps: capitalCharge.toString(), beforeRoundingBps: before.toString() },
  };
}
