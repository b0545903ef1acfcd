import { businessDate, contentHash, type AgreedGuarantee } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { BookableLoan, BookedLoan } from '../loan/book-loan.js';
import { standAgain } from '../standing/stand-again.js';
import { storeGuarantee } from './store-guarantee.js';

/** As a change that two persons have agreed to, except that the signature of the guarantor takes their place. */
const CHANGE = `
insert into loan_change (loan_id, change_id, tenant_id, kind, task_id, content, content_sha256, state, requested_at, requested_by, decided_at)
values ($1, $2, $3, 'guarantee', null, $4, $5, 'applied', $6, $7, $6)`;
const REQUESTED_BY = 'loan-application';

/** Puts those who have signed to stand for a loan into its books, when it is booked: the same rows as what people record later (R-CR-19). */
export async function bookGuarantees(tx: EventTransaction, loan: BookableLoan, { schedule }: Pick<BookedLoan, 'schedule'>, now: Date): Promise<void> {
  const { loanId, applicationId, tenantId, guarantees = [] } = loan;
  if (guarantees.length === 0) return;
  const maturesOn = schedule.rows.at(-1)!.due;
  for (const { guaranteeId, ...agreed } of guarantees) {
    const content = contentOf(agreed);
    await tx.query(CHANGE, [loanId, guaranteeId, tenantId, JSON.stringify(content), contentHash(content), now, REQUESTED_BY]);
    await storeGuarantee(tx, { loanId, applicationId, tenantId, maturesOn }, guaranteeId, content, now);
  }
  await standAgain(tx, { loanId }, businessDate(now), now, 'fact');
}

/** As `PUT /loans/{loanId}/guarantees/{guaranteeId}` would have it, so that the same said there again is known. */
function contentOf({ guarantorRef, kind, limitMinor, periodMonths, contractSha256 }: Omit<AgreedGuarantee, 'guaranteeId'>) {
  return { guarantorRef, kind, limitMinor, periodMonths, contractSha256 };
}
