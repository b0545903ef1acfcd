import type { LoanChangeKind } from '@millrace/contracts/api';
import type { LoanAccount } from '../loan/loan-account.js';
import { LOAN_PROCESS } from '../loan/loan-process.js';

/** A case in court may outlive what was owed, and its file is closed all the same; that a guarantor has ended the loan may become known after its end. */
const OF_ENDED_LOANS: ReadonlySet<LoanChangeKind> = new Set(['legal_case_update', 'legal_case_end', 'guarantee_compensation']);

/** Whether a change of the kind may be asked for and made: of a loan that is owed always, of one that has ended only what its file needs, and of one whose file is closed nothing. */
export function mayBeToldOf({ status, closedOn }: Pick<LoanAccount, 'status' | 'closedOn'>, kind: LoanChangeKind): boolean {
  if (closedOn !== null) return false;
  return LOAN_PROCESS.isLive(status) || OF_ENDED_LOANS.has(kind);
}
