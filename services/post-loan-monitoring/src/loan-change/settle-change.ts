import type { LoanChangeKind } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import { cannotBeDone, type DecidedTask } from '@millrace/tasks';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount } from '../loan/read-account.js';
import { mayBeToldOf } from './may-be-told.js';

/** A change that is to be made now. */
export interface AgreedChange<Content> {
  readonly account: LoanAccount;
  readonly changeId: string;
  readonly content: Content;
  /** Who has asked for it. */
  readonly requestedBy: string;
}

const SETTLE = `
update loan_change set state = $3, decided_at = $4 where loan_id = $1 and change_id = $2 and state = 'requested' returning kind, content, requested_by as "requestedBy"`;

/**
 * Writes down what people have decided of a change, and locks its loan.
 * @returns the change that is to be made; undefined where they refused it
 * @throws TaskRefused where nothing is owed any more
 */
export async function settleChange<Content>(tx: EventTransaction, { decision, subject }: DecidedTask, now: Date): Promise<AgreedChange<Content> | undefined> {
  const { loanId, changeId } = subject as { loanId: string; changeId: string };
  const account = await lockAccount(tx, loanId);
  if (!account) throw new Error(`there is no loan ${loanId}`);
  const isApplied = decision === 'apply';
  const { rows } = await tx.query<{ kind: LoanChangeKind; content: Content; requestedBy: string }>(SETTLE, [
    loanId,
    changeId,
    isApplied ? 'applied' : 'refused',
    now,
  ]);
  if (!rows[0]) throw new Error(`nobody asks for change ${changeId} of loan ${loanId}`);
  const { kind, ...asked } = rows[0];
  if (isApplied && !mayBeToldOf(account, kind)) throw cannotBeDone('nothing is owed on the loan any more');
  return isApplied ? { account, changeId, ...asked } : undefined;
}
