/** What becomes of a refund; `afterMs` null: never settled. */
export type RefundFate =
  | { readonly status: 'refunded'; readonly reason: null; readonly afterMs: number }
  | { readonly status: 'refused'; readonly reason: string; readonly afterMs: number }
  | { readonly status: null; readonly reason: null; readonly afterMs: null };

const SETTLED_AFTER_MS = 60_000;
const refused = (reason: string, afterMs = 0): RefundFate => ({ status: 'refused', reason, afterMs });

/** By the last four digits of the account that the money goes back to (docs/provider-contract.md). */
const FATES: Readonly<Record<string, RefundFate>> = {
  '9201': refused('ACCOUNT_CLOSED'),
  '9202': refused('NAME_MISMATCH'),
  '9203': { status: 'refunded', reason: null, afterMs: SETTLED_AFTER_MS },
  '9204': refused('ACCOUNT_CLOSED', SETTLED_AFTER_MS),
  '9205': { status: null, reason: null, afterMs: null },
};

export function fateOfRefund(payeeAccount: string): RefundFate {
  return FATES[payeeAccount.slice(-4)] ?? { status: 'refunded', reason: null, afterMs: 0 };
}
