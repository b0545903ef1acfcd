import { currentEventType } from '@millrace/contracts';
import { v5 as nameUuid, validate as isUuid } from 'uuid';
import type { HandlerTable } from './consumed-event.js';
import { decodeEvent, TYPE_HEADER } from './envelope.js';
import type { StoredRecord } from './event-log.js';
import type { EventHandler, ReceivedEvent, TransactionContext } from './event-transaction.js';
import { isOfTopic, refusalOfIdentity, refusalOfOrigin, type Refusal } from './refusal.js';

/** A record that this consumer must deal with: an event for a handler, a problem that parks it, or a refusal that passes it over. */
export type Delivery = {
  /** Inbox key: the event's id, or one made from the record's place where it has none, or where its word is not believed. */
  readonly eventId: string;
  /** In its present name; the record's header keeps the one it was written under. */
  readonly type: string;
  readonly record: StoredRecord;
} & ({ readonly event: ReceivedEvent<never>; readonly handler: EventHandler<never> } | { readonly problem: Error } | { readonly refusal: Refusal });

/** Namespace of ids made from a record's place. */
const PLACE_NAMESPACE = '6f0c6f0e-7d43-4c39-9a56-0b3c2b7d5a11';

const NUL = '\u0000';

/** PostgreSQL keeps no NUL in text; where a key or a header has one, the record is kept with U+FFFD in its place. */
function withoutNul(record: StoredRecord): StoredRecord {
  const clean = (text: string): string => text.replaceAll(NUL, '\uFFFD');
  const headers = Object.entries(record.headers);
  if (!record.key.includes(NUL) && !headers.some(([name, value]) => name.includes(NUL) || value.includes(NUL))) return record;
  const { topic, partition, offset, value, appendedAt } = record;
  return {
    topic,
    partition,
    offset,
    value,
    appendedAt,
    key: clean(record.key),
    headers: Object.fromEntries(headers.map(([name, value]) => [clean(name), clean(value)])),
  };
}

/** Reads a record for its handler; undefined for a type that nobody here consumes, which is told by the header alone. */
export function toDelivery(received: StoredRecord, handlers: HandlerTable): Delivery | undefined {
  const type = received.headers[TYPE_HEADER];
  const found = handlers.find(type);
  // A record without a type is not "another event": nobody knows what it is, so a person has to look at it.
  if (!found && type !== undefined && type !== '' && isOfTopic(type, received.topic)) return undefined;
  const record = withoutNul(received);
  const placeId = nameUuid(`${record.topic} ${record.partition} ${record.offset}`, PLACE_NAMESPACE);
  const name = currentEventType(type ?? '');
  // Under the id that it claims, a forged record could keep the true event of that id out of the inbox.
  const refused = (refusal: Refusal): Delivery => ({ eventId: placeId, type: name, record, refusal });
  const origin = refusalOfOrigin(record, handlers.producerOf(record.topic));
  if (origin) return refused(origin);
  const id = record.headers['ce_id'] ?? '';
  const eventId = isUuid(id) ? id : placeId;
  if (!found) return { eventId, type: name, record, problem: new Error(`header ${TYPE_HEADER} is missing`) };
  let event: ReceivedEvent<never>;
  try {
    event = decodeEvent(found.eventClass, record) as ReceivedEvent<never>;
  } catch (problem) {
    return { eventId, type: name, record, problem: problem as Error };
  }
  const identity = refusalOfIdentity(found.eventClass, record, event);
  return identity ? refused(identity) : { eventId, type: name, record, event, handler: found.handler };
}

/** What a handler's transaction inherits from its event. */
export function contextOf(event: ReceivedEvent<unknown>, service: string): TransactionContext {
  return { actor: { kind: 'system', id: service }, causationId: event.id, traceparent: event.traceparent };
}
