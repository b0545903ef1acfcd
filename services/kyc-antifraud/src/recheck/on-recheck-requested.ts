import type { Clock, RecheckRequested } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { WATCHDOG_MS } from '../verification/resume-policy.js';

const RECORD_INTENT = `
insert into recheck (recheck_id, application_id, causation_id, traceparent, requested_at, next_attempt_at)
values ($1, $2, $3, $4, $5, $6) on conflict (recheck_id) do nothing`;

/** The hub wants a firm looked at again before its money leaves: the intent is kept and a job queued; sources are asked later, outside (M-EV-02). */
@Injectable()
export class OnRecheckRequested implements EventHandler<RecheckRequested> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle({ id, payload, traceparent }: ReceivedEvent<RecheckRequested>, tx: EventTransaction): Promise<void> {
    const { applicationId, recheckId } = payload;
    const now = this.clock.now();
    const values = [recheckId, applicationId, id, traceparent ?? null, now, new Date(now.getTime() + WATCHDOG_MS)];
    const { rowCount } = await tx.query(RECORD_INTENT, values);
    if (rowCount) tx.addJob('recheck_firm', { recheckId }, { jobKey: recheckId });
  }
}
