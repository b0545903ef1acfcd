/** What the bank's answer, or its silence, says about a payout. `never_seen` is an answer to a question only. */
export const BANK_OUTCOMES = ['paid', 'refused', 'unclear', 'never_seen'] as const;
export type BankOutcome = (typeof BANK_OUTCOMES)[number];

/** What the bank says of the account's holder, before any money moves (SEC-9). */
export const HOLDER_OUTCOMES = ['holder_confirmed', 'holder_refused', 'holder_unclear'] as const;
