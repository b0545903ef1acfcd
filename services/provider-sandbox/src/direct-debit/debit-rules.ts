/** What becomes of a debit; `afterMs` null: never settled. */
export type DebitFate =
  | { readonly status: 'collected'; readonly reason: null; readonly afterMs: number }
  | { readonly status: 'refused'; readonly reason: string; readonly afterMs: number }
  | { readonly status: null; readonly reason: null; readonly afterMs: null };

const SETTLED_AFTER_MS = 60_000;
const COLLECTED: DebitFate = { status: 'collected', reason: null, afterMs: 0 };
const refused = (reason: string, afterMs = 0): DebitFate => ({ status: 'refused', reason, afterMs });

/** By the last four digits of the payer's account (docs/provider-contract.md). */
const FATES: Readonly<Record<string, DebitFate>> = {
  '9101': refused('INSUFFICIENT_FUNDS'),
  '9102': refused('ACCOUNT_CLOSED'),
  '9103': refused('MANDATE_MISSING'),
  '9104': { status: 'collected', reason: null, afterMs: SETTLED_AFTER_MS },
  '9105': refused('INSUFFICIENT_FUNDS', SETTLED_AFTER_MS),
  '9106': { status: null, reason: null, afterMs: null },
};

/** Digits of an account that has nothing on it when it is debited for the first time. */
const EMPTY_AT_FIRST = '9107';

/** Fate of a debit of an account that was debited so often before, whatever came of it. */
export function fateOfDebit(payerAccount: string, debitsBefore: number): DebitFate {
  const digits = payerAccount.slice(-4);
  if (digits === EMPTY_AT_FIRST && debitsBefore === 0) return refused('INSUFFICIENT_FUNDS');
  return FATES[digits] ?? COLLECTED;
}
