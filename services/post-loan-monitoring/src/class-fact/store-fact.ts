import { businessDate, ClassFactEnded, ClassFactRecorded } from '@millrace/contracts';
import type { ClassFactKind } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from '../loan/loan-account.js';
import type { ClassFact } from '../standing/class-facts.js';
import { standAgain } from '../standing/stand-again.js';

const INSERT = `
insert into class_fact (loan_id, fact_id, tenant_id, kind, from_on, to_on, share_bps, at_least, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

const END = `update class_fact set to_on = $3, ended_by = $4 where loan_id = $1 and fact_id = $2 and ended_by is null returning kind`;

/** Writes a fact of a loan whose row is locked, and classes the loan by it. Its change is written already, under the same id. */
export async function storeFact(
  tx: EventTransaction,
  { loanId, applicationId, tenantId }: LoanAccount,
  factId: string,
  fact: ClassFact,
  now: Date,
): Promise<void> {
  const { kind, from, to, shareBps, atLeast } = fact;
  await tx.query(INSERT, [loanId, factId, tenantId, kind, from, to, shareBps, atLeast, now]);
  tx.emit(new ClassFactRecorded({ applicationId, loanId, factId, kind, from, ...(to === null ? {} : { to }) }));
  await standAgain(tx, { loanId }, businessDate(now), now, 'fact');
}

/** Ends a fact, and classes the loan without it; false where it is ended already. */
export async function endFact(
  tx: EventTransaction,
  { loanId, applicationId }: LoanAccount,
  { factId, to, endedBy }: { readonly factId: string; readonly to: string; readonly endedBy: string },
  now: Date,
): Promise<boolean> {
  const { rows } = await tx.query<{ kind: ClassFactKind }>(END, [loanId, factId, to, endedBy]);
  if (!rows[0]) return false;
  tx.emit(new ClassFactEnded({ applicationId, loanId, factId, kind: rows[0].kind, to }));
  await standAgain(tx, { loanId }, businessDate(now), now, 'fact');
  return true;
}
