import { Decimal } from 'decimal.js';

/** Exact decimals: 50 digits hold any amount of 18 digits times a rate without loss before the one rounding. */
export const Exact = Decimal.clone({ precision: 50, rounding: Decimal.ROUND_HALF_UP });

/** The one rounding of money: half a minor unit goes away from zero (HALF_UP), once per line. */
export function roundToMinor(amount: Decimal): bigint {
  return BigInt(amount.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed(0));
}

/** `amountMinor` × `percent` / 100, HALF_UP; for fees charged in per cent of an amount. */
export function percentOfMinor(amountMinor: bigint, percent: Decimal.Value): bigint {
  return roundToMinor(new Exact(amountMinor.toString()).times(percent).div(100));
}

/** `635` (basis points) to `6.35` (per cent), the form in which every function here takes a rate. */
export function percentOfBps(rateBps: number): Decimal {
  return new Exact(rateBps).div(100);
}
