/** What the bank's answer, or its silence, says about a payout. `never_seen` is an answer to a question only. */
export const BANK_OUTCOMES = ['paid', 'refused', 'unclear', 'never_seen'] as const;
export type BankOutcome = (typeof BANK_OUTCOMES)[number];

/** What the bank says of the account's holder, before any money moves (SEC-9). */
export const HOLDER_OUTCOMES = ['holder_confirmed', 'holder_refused', 'holder_unclear'] as const;

/**
 * How an outcome is taken. A bank that denies what it has already owned up to contradicts itself: sending again could debit twice,
 * so its denial counts as no answer, and a person has to look.
 */
export function signalOf(outcome: BankOutcome, acknowledged: boolean): { readonly signal: BankOutcome; readonly contradicts: boolean } {
  const contradicts = outcome === 'never_seen' && acknowledged;
  return { signal: contradicts ? 'unclear' : outcome, contradicts };
}
