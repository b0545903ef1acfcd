import type { LendingService } from '@millrace/service';
import { ParkedEvents, type ParkedEvent } from '@millrace/messaging';
import { OperatorError } from '../trouble/operator-error.js';
import type { Installation } from '../installation/installation.js';

/** A consumer's parked events to look at and to give up; its handlers are not needed for that. */
export function parkedEventsOf(installation: Installation, consumer: LendingService): ParkedEvents {
  const resolve = (): never => {
    throw new Error('no handler was asked for');
  };
  return new ParkedEvents({ name: consumer, runner: installation.runner(consumer), subscriptions: [], resolve });
}

/** The same with its handlers, to try the events again. */
export async function retriableEventsOf(installation: Installation, consumer: LendingService): Promise<ParkedEvents> {
  const { consumes } = await installation.definition(consumer);
  const { runner, resolve } = await installation.build(consumer);
  return new ParkedEvents({ name: consumer, runner, subscriptions: consumes, resolve });
}

const COUNT = `
with first as (
  select distinct on (key, case when key = '' then id end) key, id, stack_hash from parked_event where consumer = $1 and status = 'parked'
  order by key, case when key = '' then id end, id
), chosen as (select key, id from first where $2::text is null or stack_hash = $2)
select (select count(*)::int from chosen) as keys,
  (select count(*)::int from parked_event p where consumer = $1 and status = 'parked' and exists (select 1 from chosen c where c.id = p.id or c.key = p.key and p.key <> '')) as events`;

/** Keys, and their events, that a retry of all would take. */
export async function countParked(installation: Installation, consumer: LendingService, failedAt?: string): Promise<{ keys: number; events: number }> {
  const [counts] = await installation.rows<{ keys: number; events: number }>(consumer, COUNT, [consumer, failedAt ?? null]);
  return counts!;
}

/** The event that a person named by its number. */
export async function knownEvent(events: ParkedEvents, consumer: LendingService, id: bigint): Promise<ParkedEvent> {
  const event = await events.show(id);
  if (!event) throw new OperatorError(`${consumer} has no parked event ${id}; see lendctl parked list --consumer ${consumer}`);
  return event;
}

/** A parked event that is still waiting, or a line that says what became of it. */
export function stillParked(event: ParkedEvent): ParkedEvent {
  if (event.status !== 'parked')
    throw new OperatorError(`event ${event.id} was ${event.status} by ${event.changedBy ?? 'nobody'} on ${event.changedAt.toISOString()}`);
  return event;
}
