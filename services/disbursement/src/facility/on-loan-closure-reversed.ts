import type { LoanClosureReversed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { obligorsOf } from './obligors-of-loans.js';

/** Only rows that change on this run are summed, so that a second delivery adds nothing to the exposure. */
const OWE_AGAIN = `
with owed as (
  update limit_reservation r set status = 'USED', ended_at = null, amount_minor = case when f.is_renewed then $2 else r.amount_minor end
  from (
    select o.facility_id, $2::bigint is not null and exists (select 1 from facility n where n.renews_loan_id = o.loan_id and n.tenant_id = o.tenant_id) as is_renewed
    from facility o where o.loan_id = $1
  ) f
  where f.facility_id = r.facility_id and r.status = 'REPAID' and (not f.is_renewed or $2 > 0)
  returning r.facility_id, r.amount_minor
), opened as (
  update facility f set status = 'ACTIVE', closed_at = null, committed_minor = f.committed_minor + owed.amount_minor from owed
  where f.facility_id = owed.facility_id
  returning f.tenant_id, f.uscc, owed.amount_minor
)
update obligor_exposure o set exposure_minor = o.exposure_minor + opened.amount_minor from opened where o.tenant_id = opened.tenant_id and o.uscc = opened.uscc`;

/**
 * The loan is owed again: it counts against the obligor's limit as before (M-FC-01), whatever was lent to the obligor since. Of a loan that was renewed the new
 * one holds the limit: only the principal that the new one has not paid counts beside it.
 */
@Injectable()
export class OnLoanClosureReversed implements EventHandler<LoanClosureReversed> {
  shared(events: readonly ReceivedEvent<LoanClosureReversed>[], tx: Pick<EventTransaction, 'query'>): Promise<readonly string[]> {
    return obligorsOf(
      tx,
      events.map(({ payload }) => payload.loanId),
    );
  }

  async handle({ payload }: ReceivedEvent<LoanClosureReversed>, tx: EventTransaction): Promise<void> {
    await tx.query(OWE_AGAIN, [payload.loanId, payload.outstandingPrincipalMinor ?? null]);
  }
}
