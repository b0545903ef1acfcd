import type { ReturnablePayout } from '../payout/return-payout.js';

/** A credit that the bank says is a transfer of ours coming back. */
export interface ReturnLine {
  readonly lineId: string;
  readonly tenantId: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly valueOn: string;
  readonly bookedAt: Date;
  readonly bankReference: string;
  /** The bank's name of what comes back. */
  readonly returnOf: string;
  /** What the line's text names; null where it names no loan. */
  readonly loanId: string | null;
}

export type ReturnVerdict = 'waiting' | 'returned' | 'unmatched';

/**
 * Whether a line is a payout of this lender's coming back, whole and for the first time (R-DB-08). One that has no final answer or no day yet is waited for; anything
 * else is money that a person has to look at.
 */
export function judgeReturn(
  { amountMinor, currency, returnOf }: Pick<ReturnLine, 'amountMinor' | 'currency' | 'returnOf'>,
  payout: Pick<ReturnablePayout, 'amountMinor' | 'currency' | 'status' | 'bankReference' | 'hasDay'> | undefined,
): ReturnVerdict {
  if (!payout || payout.amountMinor !== amountMinor || payout.currency !== currency) return 'unmatched';
  if (payout.bankReference !== null && payout.bankReference !== returnOf) return 'unmatched';
  if (payout.status === 'INSTRUCTED' || payout.status === 'UNKNOWN') return 'waiting';
  if (payout.status !== 'PAID') return 'unmatched';
  return payout.hasDay ? 'returned' : 'waiting';
}
