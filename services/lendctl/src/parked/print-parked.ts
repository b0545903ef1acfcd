import { openPayload } from '@millrace/reasons';
import type { ParkedEvent } from '@millrace/messaging';
import { table } from '../command/print-table.js';
import { place, shortType } from '../story/print-story.js';

/** A parked event with the consumer that parked it. */
export type OwnedEvent = ParkedEvent & { readonly consumer: string };

/** What a record carried: JSON without what points at suspicion, or text that is none, as a foreign writer may have left it. */
function payloadOf({ value }: ParkedEvent): unknown {
  const text = value.toString('utf8');
  try {
    return openPayload(JSON.parse(text));
  } catch {
    return text;
  }
}

/** A parked event for programs: bytes as what they say. */
export function parkedAsJson({ value: _value, ...event }: OwnedEvent & { readonly value: Buffer }, payload: unknown = undefined): unknown {
  return payload === undefined ? event : { ...event, payload };
}

/** The list for people; first of each key what stops it. */
export function parkedAsTable(events: readonly OwnedEvent[]): string {
  if (events.length === 0) return 'No event.';
  const rows = events.map((event) => [
    event.consumer,
    event.id,
    event.key,
    shortType(event.type),
    event.attempts,
    event.parkedAt.toISOString(),
    event.status,
    event.reason,
  ]);
  return table(['consumer', 'id', 'key', 'event', 'tries', 'parked at', 'status', 'reason'], rows, ['id', 'tries']);
}

/** One event with all that is known of it. */
export function shownAsJson(event: OwnedEvent): unknown {
  return parkedAsJson(event, payloadOf(event));
}

/** The same for people. */
export function shownAsText(event: OwnedEvent): string {
  const { consumer, id, status, eventId, type, key, attempts, reason, stackHash, parkedAt, changedAt, changedBy, headers } = event;
  const facts: [string, string][] = [
    ['consumer', consumer],
    ['id', String(id)],
    ['status', changedBy === null ? status : `${status} (last changed by ${changedBy} on ${changedAt.toISOString()})`],
    ['event', `${shortType(type)} ${eventId}`],
    ['place', place(event)],
    ['key', key === '' ? '(none)' : key],
    ['parked at', parkedAt.toISOString()],
    ['tries', String(attempts)],
    ['reason', reason],
    ['failed at', stackHash ?? '(waits behind another)'],
    ['by', headers['ce_actor'] ?? ''],
    ['caused by', headers['ce_causationid'] ?? ''],
  ];
  const payload = payloadOf(event);
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload, undefined, 2);
  return [...facts.map(([name, value]) => `${name.padEnd(12)}${value}`), 'payload', text].join('\n');
}
