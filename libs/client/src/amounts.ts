import { formatMinor } from '@millrace/contracts';

/** An amount in minor units as yuan, as people read it. */
export const yuan = (amountMinor: string): string => formatMinor(BigInt(amountMinor));

/** A rate in basis points as percent, as people read it. */
export const percent = (bps: number): string => `${(bps / 100).toFixed(2)}%`;
