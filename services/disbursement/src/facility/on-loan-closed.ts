import type { Clock, LoanClosed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { obligorsOf } from './obligors-of-loans.js';

/** Only rows that change on this run are summed, so a second delivery takes nothing off the exposure. */
const CLOSE = `
with repaid as (
  update limit_reservation r set status = 'REPAID', ended_at = $2 from facility f
  where f.facility_id = r.facility_id and f.loan_id = $1 and r.status = 'USED'
  returning r.facility_id, r.amount_minor
), closed as (
  update facility f set status = 'CLOSED', closed_at = $2, committed_minor = f.committed_minor - repaid.amount_minor from repaid
  where f.facility_id = repaid.facility_id
  returning f.tenant_id, f.uscc, repaid.amount_minor
)
update obligor_exposure o set exposure_minor = o.exposure_minor - closed.amount_minor from closed where o.tenant_id = closed.tenant_id and o.uscc = closed.uscc`;

/** Nothing is owed on the loan: its facility closes and the obligor's exposure falls (M-FC-01). Repaid parts free no limit before that. */
@Injectable()
export class OnLoanClosed implements EventHandler<LoanClosed> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  shared(events: readonly ReceivedEvent<LoanClosed>[], tx: Pick<EventTransaction, 'query'>): Promise<readonly string[]> {
    return obligorsOf(
      tx,
      events.map(({ payload }) => payload.loanId),
    );
  }

  async handle({ payload }: ReceivedEvent<LoanClosed>, tx: EventTransaction): Promise<void> {
    await tx.query(CLOSE, [payload.loanId, this.clock.now()]);
  }
}
