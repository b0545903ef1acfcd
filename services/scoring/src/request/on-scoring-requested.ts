import { newId, type Clock, type ScoringRequested, contentHash } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { WATCHDOG_MS } from './retry-policy.js';

const RECORD_INTENT = `
insert into score_request (score_id, application_id, purpose, cause_id, content_sha256, request, event_id, traceparent, requested_at, next_attempt_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (application_id, purpose, cause_id, content_sha256) do nothing`;

/** The hub wants a firm scored: the request is kept with its facts and a job queued; invoices are read later, outside (M-EV-02). */
@Injectable()
export class OnScoringRequested implements EventHandler<ScoringRequested> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle(event: ReceivedEvent<ScoringRequested>, tx: EventTransaction): Promise<void> {
    const { payload, causationId } = event;
    // A policy release that this build does not have can score nobody: trouble that a person must see, so the event is parked.
    policyOf(payload.policyVersion);
    const now = this.clock.now();
    const scoreId = newId();
    const { rowCount } = await tx.query(RECORD_INTENT, [
      scoreId,
      payload.applicationId,
      payload.purpose,
      causationId,
      contentHash(payload),
      JSON.stringify(payload),
      event.id,
      event.traceparent ?? null,
      now,
      new Date(now.getTime() + WATCHDOG_MS),
    ]);
    // No row: the same request under another event id, which has its score or will have it.
    if (rowCount) tx.addJob('score_firm', { scoreId }, { jobKey: scoreId });
  }
}
