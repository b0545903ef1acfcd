import type { LoanStatus } from '@millrace/contracts';
import type { TransactionContext } from '@millrace/messaging';
import { EMPTY_CHAIN, sealRow, START, type HistoryEntry, type SealedEntry } from '@millrace/process';
import type { LoanTrigger } from './loan-process.js';

/** A step of a loan that has been decided by its table. */
export interface LoanStep {
  readonly loanId: string;
  readonly from: LoanStatus | typeof START;
  readonly to: LoanStatus;
  readonly trigger: LoanTrigger;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** The loan's history before the step. */
  readonly history: { readonly seq: number; readonly head: string };
}

/** History of a loan that is not booked yet. */
export const NO_HISTORY = { seq: 0, head: EMPTY_CHAIN } as const;

/** The sealed row of a step (R-OP-06, R-OP-09). */
export function sealStep({ actor, causationId }: TransactionContext, { loanId, from, to, history, ...cause }: LoanStep, at: Date): SealedEntry {
  const { trigger, reason, evidence } = cause;
  const entry: HistoryEntry = {
    ...{ seq: history.seq + 1, trigger, effect: from === to ? 'recorded' : 'moved', statusFrom: from, statusTo: to, actor, reason, evidence, causationId, at },
  };
  return { ...entry, prevSha256: history.head, rowSha256: sealRow({ ...entry, ...{ loanId } }, history.head), decision: null };
}
