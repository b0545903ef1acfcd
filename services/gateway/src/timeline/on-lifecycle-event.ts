import { LoanApplicationSubmitted, TYPE_PREFIX, contentHash } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { reasonsOf } from './reasons-of.js';
import { timelineSentence } from './timeline-sentence.js';

/** What every event of the two topics has; monitoring's have a loan, the hub's only once there is one. */
export interface LifecycleEvent {
  readonly applicationId: string;
  readonly loanId?: string;
}

const ADD = `with owner as (
  insert into application_owner (application_id, tenant_id, partner_id) select $3, $15, $16 where $15::text is not null on conflict do nothing)
insert into timeline_entry (event_id, fact_sha256, application_id, loan_id, type, title, reasons, actor_kind, actor_id, causation_id, occurred_at, topic, log_partition, log_offset)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`;

/** A step of an application or its loan has happened: it becomes a row of the timeline, made of this event alone, so that a replay gives the same rows. */
@Injectable()
export class OnLifecycleEvent implements EventHandler<LifecycleEvent> {
  async handle(event: ReceivedEvent<LifecycleEvent>, tx: EventTransaction): Promise<void> {
    const { id, type, actor, causationId, occurredAt, payload, position } = event;
    // The same fact under another event id has the same cause, instant and content. Rows have the name without its prefix, which events had at first.
    const name = type.slice(TYPE_PREFIX.length);
    const fact = contentHash({ type: name, causationId, occurredAt, payload });
    const owner = payload instanceof LoanApplicationSubmitted ? [payload.tenantId, payload.partnerId] : [null, null];
    await tx.query(ADD, [
      id,
      fact,
      payload.applicationId,
      payload.loanId ?? null,
      name.replace(/\.v\d+$/, ''),
      timelineSentence(payload),
      JSON.stringify(reasonsOf(payload)),
      actor.kind,
      actor.id,
      causationId,
      occurredAt,
      position.topic,
      position.partition,
      String(position.offset),
      ...owner,
    ]);
  }
}
