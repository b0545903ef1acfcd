/** Refusals that say nothing against the account: the lender's own limit was full, the firm may not be paid for now, the bank has not carried the payment out, or it could not say whose account it is, and is asked again. */
const NOT_OF_THE_ACCOUNT: readonly string[] = ['LIMIT_EXCEEDED', 'FACILITY_FROZEN', 'PAYMENT_NOT_EXECUTED', 'PAYEE_NOT_VERIFIABLE'];

/** True where a payout must not be ordered to the same account again. A bank's own codes are not known here, so that any other one counts (T18). */
export function refusesAccount(reasonCode: string): boolean {
  return !NOT_OF_THE_ACCOUNT.includes(reasonCode);
}
