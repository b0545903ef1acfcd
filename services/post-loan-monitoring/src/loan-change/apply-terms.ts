import { businessDate } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { cannotBeDone } from '@millrace/tasks';
import type { LoanAccount, TermsChange } from '../loan/loan-account.js';
import { changeTerms } from '../loan/restate-loan.js';
import { ImpossibleMovementError } from '../projection/loan-case.js';
import { standAgain } from '../standing/stand-again.js';

const INSERT = `
insert into terms_change (loan_id, change_id, tenant_id, kind, value_on, due_dates, rate_bps, months, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/**
 * Lays a loan out by new terms, and gives it the standing that they give it; its row is locked, and its change is written already.
 * @throws TaskRefused where the loan cannot be laid out by them
 */
export async function applyTerms(tx: EventTransaction, account: LoanAccount, change: TermsChange, now: Date): Promise<LoanAccount> {
  const { loanId, tenantId } = account;
  const { changeId, kind, valueOn, dueDates, rateBps, months } = change;
  await tx.query(INSERT, [loanId, changeId, tenantId, kind, valueOn, dueDates, rateBps, months, now]);
  try {
    const { after } = await changeTerms(tx, account, change, now);
    await standAgain(tx, after, businessDate(now), now);
    return after;
  } catch (error) {
    if (error instanceof ImpossibleMovementError) throw cannotBeDone(error.message);
    throw error;
  }
}
