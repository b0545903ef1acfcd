import { ParkedEvents, type ParkedEvent } from '@millrace/messaging';
import { OperatorError } from '../command/operator-error.js';
import type { Installation } from '../installation/installation.js';
import type { ServiceName } from '../installation/lending-services.js';

/** A consumer's parked events to look at and to give up; its handlers are not needed for that. */
export function parkedEventsOf(installation: Installation, consumer: ServiceName): ParkedEvents {
  const resolve = (): never => {
    throw new Error('no handler was asked for');
  };
  return new ParkedEvents({ name: consumer, runner: installation.runner(consumer), subscriptions: [], resolve });
}

/** The same with its handlers, to try the events again. */
export async function retriableEventsOf(installation: Installation, consumer: ServiceName): Promise<ParkedEvents> {
  const { consumes } = await installation.definition(consumer);
  const { runner, resolve } = await installation.build(consumer);
  return new ParkedEvents({ name: consumer, runner, subscriptions: consumes, resolve });
}

/** The event that a person named by its number. */
export async function knownEvent(events: ParkedEvents, consumer: ServiceName, id: bigint): Promise<ParkedEvent> {
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
