import { currentEventType, describeEvent, eventClassOf, isSharedTopic, serviceOfSource, type EventClass } from '@millrace/contracts';
import { TYPE_HEADER } from './envelope.js';
import type { LogRecord } from './event-log.js';
import type { ReceivedEvent } from './event-transaction.js';

/** Why a record is passed over: every code, so that figures know them before the first one comes. */
export const REFUSAL_CODES = ['SOURCE_NOT_OWNER', 'TYPE_NOT_OF_TOPIC', 'KEY_NOT_OF_EVENT', 'NOT_AS_ORDERED'] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A record that cannot be what it says. It is recorded and passed over, as a parked one would let a forger stop a loan. */
export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence for the person who looks at it; ids and names only. */
  readonly reason: string;
}

/** Longest text of a foreign record that a reason repeats, in characters. */
const MAX_QUOTED = 100;
const quoted = (text: string | undefined): string => (text === undefined ? 'nothing' : `"${text.slice(0, MAX_QUOTED)}"`);

/** Whether a type may stand on a topic; one that this build does not know may. */
export function isOfTopic(type: string, topic: string): boolean {
  const eventClass = eventClassOf(type);
  return eventClass === undefined || describeEvent(eventClass).topic === topic;
}

/**
 * Whether a record is on a topic that its source owns, under a type that belongs there. Told by the headers alone, so that a payload that cannot be
 * read is judged too.
 * @param producer service that owns the topic; a topic that several services share takes the word of each of them
 */
export function refusalOfOrigin(record: LogRecord, producer: string | undefined): Refusal | undefined {
  const source = record.headers['ce_source'];
  if (isSharedTopic(record.topic)) {
    if (serviceOfSource(source ?? '') === undefined) return { code: 'SOURCE_NOT_OWNER', reason: `its source is ${quoted(source)}, which names no service` };
  } else if (producer !== undefined && serviceOfSource(source ?? '') !== producer) {
    return { code: 'SOURCE_NOT_OWNER', reason: `its source is ${quoted(source)}, and ${record.topic} belongs to ${producer}` };
  }
  const type = record.headers[TYPE_HEADER];
  if (type === undefined || isOfTopic(type, record.topic)) return undefined;
  return { code: 'TYPE_NOT_OF_TOPIC', reason: `${currentEventType(type)} is an event of another topic than ${record.topic}` };
}

/** Whether key and envelope are about the same application or loan as the payload; otherwise an event would act outside its order. */
export function refusalOfIdentity(eventClass: EventClass, record: LogRecord, event: ReceivedEvent<unknown>): Refusal | undefined {
  const { keyField } = describeEvent(eventClass);
  const payload = event.payload as Readonly<Record<string, unknown>>;
  const named = payload[keyField];
  const application = typeof payload['applicationId'] === 'string' ? payload['applicationId'] : named;
  const { ce_subject: subject = named, ce_partitionkey: partitionKey = named } = record.headers;
  const wrong = [
    // Without a key nothing is promised about its order, which is how a foreign writer may have sent it.
    ...(record.key === '' || record.key === named ? [] : [`its key is ${quoted(record.key)}`]),
    ...(subject === named ? [] : [`its subject is ${quoted(String(subject))}`]),
    ...(partitionKey === named ? [] : [`its partition key is ${quoted(String(partitionKey))}`]),
    ...(event.correlationId === application ? [] : [`its correlation id is ${quoted(event.correlationId)}`]),
  ];
  if (wrong.length === 0) return undefined;
  return { code: 'KEY_NOT_OF_EVENT', reason: `${wrong.join(', ')}, and the payload is about ${keyField} ${quoted(String(named))}` };
}
