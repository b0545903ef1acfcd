import type { LoanAccount } from '../loan/loan-account.js';
import { LOAN_PROCESS } from '../loan/loan-process.js';

/**
 * Whether a loan whose payout comes back is undone by the program. A payout comes back within days; a loan whose terms were changed, or that was called in, is in
 * court or written off, has gone on longer than that, and people look. One that was settled is owed again first, as the money that has settled it leaves it.
 */
export function mayBeVoided({ status, changes, movements }: Pick<LoanAccount, 'status' | 'changes' | 'movements'>): boolean {
  if (changes.length > 0) return false;
  return LOAN_PROCESS.takes(status, 'PayoutReturned') || (status === 'SETTLED' && movements.length > 0);
}
