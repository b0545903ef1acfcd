import { Exact, roundToMinor } from '@millrace/finance';

const ONE_BPS = 10_000n;

/** A part of a whole in basis points, HALF_UP; null where there is no whole. */
export function ratioBps(partMinor: bigint, wholeMinor: bigint): number | null {
  return wholeMinor === 0n ? null : Number(roundToMinor(new Exact((partMinor * ONE_BPS).toString()).div(wholeMinor.toString())));
}
