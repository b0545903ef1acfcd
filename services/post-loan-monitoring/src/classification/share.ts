/** A part of some debt, both in fen. */
export interface Share {
  readonly partMinor: bigint;
  readonly wholeMinor: bigint;
}

const BPS = 10_000n;

/** A share is above a number of basis points. */
export const isOver = ({ partMinor, wholeMinor }: Share, bps: number): boolean => partMinor * BPS > wholeMinor * BigInt(bps);

/** A share is so many basis points or more. */
export const reaches = ({ partMinor, wholeMinor }: Share, bps: number): boolean => partMinor * BPS >= wholeMinor * BigInt(bps);
