/** What becomes of a payout; `afterMs` null: never settled. */
export type PayoutFate =
  | { readonly status: 'paid'; readonly reason: null; readonly afterMs: number }
  | { readonly status: 'refused'; readonly reason: string; readonly afterMs: number }
  | { readonly status: null; readonly reason: null; readonly afterMs: null };

const SETTLED_AFTER_MS = 60_000;

/** By the last four digits of the payee's account (docs/provider-contract.md). */
const FATES: Readonly<Record<string, PayoutFate>> = {
  '9001': { status: 'refused', reason: 'ACCOUNT_NOT_FOUND', afterMs: 0 },
  '9002': { status: 'refused', reason: 'NAME_MISMATCH', afterMs: 0 },
  '9003': { status: 'refused', reason: 'ACCOUNT_FROZEN', afterMs: 0 },
  '9004': { status: 'paid', reason: null, afterMs: SETTLED_AFTER_MS },
  '9005': { status: 'refused', reason: 'COMPLIANCE_REJECTED', afterMs: SETTLED_AFTER_MS },
  '9006': { status: null, reason: null, afterMs: null },
};

/** Fate of a payout to an account; `delayMs` is what a late callback adds at least. */
export function fateOf(payeeAccount: string, delayMs = 0): PayoutFate {
  const fate = FATES[payeeAccount.slice(-4)] ?? { status: 'paid', reason: null, afterMs: 0 };
  return fate.status === null ? fate : { ...fate, afterMs: Math.max(fate.afterMs, delayMs) };
}
