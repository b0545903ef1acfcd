import { businessDate, ClassFactEnded, ClassFactRecorded } from '@millrace/contracts';
import type { ClassFactKind } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from '../loan/loan-account.js';
import type { ClassFact } from '../standing/class-facts.js';
import { restateMisuse } from '../loan/restate-misuse.js';
import { standAgain } from '../standing/stand-again.js';

const INSERT = `
insert into class_fact (loan_id, fact_id, tenant_id, kind, from_on, to_on, share_bps, at_least, recorded_at, amount_minor) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

const END = `update class_fact set to_on = $3, ended_by = $4 where loan_id = $1 and fact_id = $2 and ended_by is null returning kind`;

/** A fact with what it is about beside the class. */
export interface RecordedFact extends ClassFact {
  /** What was misused, in fen; null for other kinds, and where nobody has said. */
  readonly amountMinor: bigint | null;
}

/** Writes a fact of a loan whose row is locked, plays its money by it where that was misused (G-PR-07), and classes the loan by it. Its change is written already, under the same id. */
export async function storeFact(tx: EventTransaction, account: LoanAccount, factId: string, fact: RecordedFact, now: Date): Promise<void> {
  const { loanId, applicationId, tenantId, misuses } = account;
  const { kind, from, to, shareBps, atLeast, amountMinor } = fact;
  await tx.query(INSERT, [loanId, factId, tenantId, kind, from, to, shareBps, atLeast, now, amountMinor]);
  const told = { ...(to === null ? {} : { to }), ...(amountMinor === null ? {} : { amountMinor: String(amountMinor) }) };
  tx.emit(new ClassFactRecorded({ applicationId, loanId, factId, kind, from, ...told }));
  if (amountMinor !== null) await restateMisuse(tx, account, [...misuses, { factId, from, to, amountMinor }], now);
  await standAgain(tx, { loanId }, businessDate(now), now, 'fact');
}

/** Ends a fact, and plays and classes the loan without it; false where it is ended already. */
export async function endFact(
  tx: EventTransaction,
  account: LoanAccount,
  { factId, to, endedBy }: { readonly factId: string; readonly to: string; readonly endedBy: string },
  now: Date,
): Promise<boolean> {
  const { loanId, applicationId, misuses } = account;
  const { rows } = await tx.query<{ kind: ClassFactKind }>(END, [loanId, factId, to, endedBy]);
  if (!rows[0]) return false;
  tx.emit(new ClassFactEnded({ applicationId, loanId, factId, kind: rows[0].kind, to }));
  if (misuses.some((misuse) => misuse.factId === factId))
    await restateMisuse(
      tx,
      account,
      misuses.map((misuse) => (misuse.factId === factId ? { ...misuse, to } : misuse)),
      now,
    );
  await standAgain(tx, { loanId }, businessDate(now), now, 'fact');
  return true;
}
