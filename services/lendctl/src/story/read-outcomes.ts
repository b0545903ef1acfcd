import type { LendingService } from '@millrace/service';
import { describeEvent, versionedType } from '@millrace/contracts';
import { validate as isUuid } from 'uuid';
import type { Installation } from '../installation/installation.js';
import type { StoryEvent } from './read-story.js';

/** What a consumer has made of an event. */
export interface ConsumerOutcome {
  readonly consumer: LendingService;
  /** `handled` at once or by a retry; `waiting` where the consumer has not come to it. */
  readonly outcome: 'handled' | 'parked' | 'discarded' | 'waiting';
  readonly at?: Date;
  /** Why it was parked. */
  readonly reason?: string;
  /** Who retried or discarded it. */
  readonly by?: string;
}

interface Row {
  readonly event_id: string;
  readonly handled_at: Date;
  readonly status: 'parked' | 'retried' | 'discarded' | null;
  readonly reason: string | null;
  readonly changed_at: Date | null;
  readonly changed_by: string | null;
}

const OUTCOMES = `
select i.event_id, i.handled_at, p.status, p.reason, p.changed_at, p.changed_by
from inbox i left join parked_event p on p.consumer = i.consumer and p.event_id = i.event_id
where i.consumer = $1 and i.event_id = any($2::uuid[])`;

/** Outcomes by event id, from every consumer whose database is known. */
export async function readOutcomes(installation: Installation, events: readonly StoryEvent[]): Promise<Map<string, ConsumerOutcome[]>> {
  const outcomes = new Map<string, ConsumerOutcome[]>(events.map(({ eventId }) => [eventId, []]));
  for (const consumer of installation.services) {
    const { consumes } = await installation.definition(consumer);
    const types = new Set(consumes.map(({ eventClass }) => versionedType(describeEvent(eventClass))));
    const own = events.filter(({ type, eventId }) => types.has(type) && isUuid(eventId));
    if (own.length === 0) continue;
    const rows = await installation.rows<Row & Record<string, unknown>>(consumer, OUTCOMES, [consumer, own.map(({ eventId }) => eventId)]);
    const known = new Map(rows.map((row) => [row.event_id, row]));
    for (const { eventId } of own) outcomes.get(eventId)!.push(toOutcome(consumer, known.get(eventId)));
  }
  return outcomes;
}

function toOutcome(consumer: LendingService, row: Row | undefined): ConsumerOutcome {
  if (!row) return { consumer, outcome: 'waiting' };
  if (row.status === null) return { consumer, outcome: 'handled', at: row.handled_at };
  return {
    consumer,
    outcome: row.status === 'retried' ? 'handled' : row.status,
    at: row.changed_at!,
    reason: row.reason!,
    ...(row.changed_by === null ? {} : { by: row.changed_by }),
  };
}
