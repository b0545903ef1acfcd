import { LoanStatusChanged, type LoanStatus } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { historyInsertMany, historyManyJson, type SealedEntry } from '@millrace/process';
import { sealStep } from './loan-history.js';
import { LOAN_PROCESS, LOAN_SUBJECT, type LoanTrigger } from './loan-process.js';

/** What of a loan a step needs; its row is locked. */
export interface MovableLoan {
  readonly loanId: string;
  readonly applicationId: string;
  readonly status: LoanStatus;
  /** Number and seal of the newest row of its history. */
  readonly historySeq: number;
  readonly historyHead: string;
}

/** A step of a loan that is no movement of money. */
export interface LoanMove {
  readonly loan: MovableLoan;
  readonly trigger: LoanTrigger;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

const MOVE = `
with given as (
  select * from unnest($1::uuid[], $2::text[], $3::boolean[], $4::int[], $5::text[]) as g(loan_id, status, live, seq, head)
), moved as (
  update loan l set status = g.status, live = g.live, history_seq = g.seq, history_head = g.head, updated_at = $6 from given g where l.loan_id = g.loan_id
)
${historyInsertMany(LOAN_SUBJECT, '$7')}`;

/**
 * Takes steps of loans by the table of their process, each with its sealed row of history, and tells of every status that is another than before.
 * @param on business date for which it is told
 */
export async function moveLoans(tx: EventTransaction, moves: readonly LoanMove[], on: IsoDate, now: Date): Promise<void> {
  if (moves.length === 0) return;
  const steps = moves.map((move) => ({ ...move, ...stepOf(tx, move, now) }));
  await tx.query(MOVE, [
    steps.map(({ loan }) => loan.loanId),
    steps.map(({ next }) => next),
    steps.map(({ next }) => LOAN_PROCESS.isLive(next)),
    steps.map(({ entry }) => entry.seq),
    steps.map(({ entry }) => entry.rowSha256),
    now,
    historyManyJson(
      LOAN_SUBJECT,
      steps.map(({ loan, entry }) => [loan.loanId, entry]),
    ),
  ]);
  for (const { loan, next, reason } of steps) {
    const { loanId, applicationId, status } = loan;
    if (next !== status) tx.emit(new LoanStatusChanged({ applicationId, loanId, on, status: next, statusBefore: status, reasonCode: reason }));
  }
}

function stepOf({ context }: EventTransaction, { loan, trigger, reason, evidence }: LoanMove, now: Date): { next: LoanStatus; entry: SealedEntry } {
  const { loanId, status, historySeq: seq, historyHead: head } = loan;
  const verdict = LOAN_PROCESS.consult(status, trigger);
  if (verdict.kind !== 'row') throw new Error(`${trigger} cannot happen to a loan in ${status}`);
  const { next } = verdict.row;
  return { next, entry: sealStep(context, { loanId, from: status, to: next, trigger, reason, evidence, history: { seq, head } }, now) };
}
