import { Decimal } from 'decimal.js';
import type { PriceParameters } from '@millrace/policy';

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
export function computePrice(pdBps: number, parameters: PriceParameters): Price {
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
