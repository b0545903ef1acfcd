import {
  acceptsPayload,
  currentEventType,
  DEFAULT_INSTALLATION_URL,
  describeEvent,
  eventSchemaAddress,
  eventSource,
  newId,
  versionedType,
  type DomainEvent,
  type EventClass,
} from '@millrace/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { validate as isUuid } from 'uuid';
import { MAX_RECORD_BYTES, RecordTooLargeError, type LogPosition, type LogRecord } from './event-log.js';
import type { Actor, ReceivedEvent, TransactionContext } from './event-transaction.js';

/** An event that breaks its own contract; names the event and the field. */
export class InvalidEventError extends Error {}

/** A record whose envelope or payload cannot be read as an event. */
export class UndecodableRecordError extends Error {}

/** An event ready for the outbox. */
export interface EncodedEvent {
  readonly id: string;
  /** CloudEvents type with its version. */
  readonly type: string;
  readonly topic: string;
  readonly key: string;
  /** What the key is an id of; Debezium's `aggregatetype`. */
  readonly aggregateType: 'application' | 'loan';
  readonly headers: Record<string, string>;
  /** Payload as JSON text. */
  readonly payload: string;
}

/** Who writes an event, when, and because of what. */
export interface EventOrigin {
  /** Name of the service. */
  readonly source: string;
  /** Address that sources and schemas of the installation begin with; its default where it is not given. */
  readonly installationUrl?: string | undefined;
  readonly time: Date;
  readonly context: TransactionContext;
  readonly traceparent: string;
}

/** CloudEvents attribute that tells what a record is; read before anything else of it. */
export const TYPE_HEADER = 'ce_type';

const ACTOR_KINDS: readonly Actor['kind'][] = ['system', 'partner', 'staff', 'applicant'];

function firstProblem(errors: readonly ValidationError[], path = ''): string {
  const error = errors[0]!;
  const field = path === '' ? error.property : `${path}.${error.property}`;
  return error.children?.length
    ? firstProblem(error.children, field)
    : Object.values(error.constraints ?? { invalid: `${field} is not valid` })[0]!.replace(error.property, field);
}

// class-transformer types its argument as a class without constructor parameters; it calls ours with none, and assigns the fields itself.
function toInstance<E extends object>(eventClass: EventClass<E>, wire: object): E {
  return plainToInstance(eventClass as unknown as new () => E, wire);
}

function toJson(name: string, event: object): string {
  try {
    return JSON.stringify(event);
  } catch (error) {
    throw new InvalidEventError(`${name} cannot be written as JSON: ${(error as Error).message}`);
  }
}

/**
 * Puts an event into a CloudEvents 1.0 envelope (Kafka binding, binary mode). What is checked is what goes on the wire: an unknown or invalid
 * field throws {@link InvalidEventError}, a payload over the limit {@link RecordTooLargeError}.
 */
export function encodeEvent(event: DomainEvent<unknown>, origin: EventOrigin): EncodedEvent {
  const eventClass = event.constructor as EventClass;
  const { keyField, topic, ...descriptor } = describeEvent(eventClass);
  const type = versionedType(descriptor);
  const payload = toJson(eventClass.name, event);
  const bytes = Buffer.byteLength(payload);
  if (bytes > MAX_RECORD_BYTES) throw new RecordTooLargeError(`${eventClass.name} has ${bytes} bytes, over the limit of ${MAX_RECORD_BYTES}`);
  const wire = JSON.parse(payload) as Record<string, unknown>;
  const accepted = acceptsPayload(eventClass, wire, 'refuse');
  const errors = accepted ? [] : validateSync(toInstance(eventClass, wire), { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length > 0) throw new InvalidEventError(`${eventClass.name}: ${firstProblem(errors)}`);
  const key = wire[keyField];
  if (typeof key !== 'string' || key === '') throw new InvalidEventError(`${eventClass.name}: ${keyField} is the key of the event and is missing`);
  const { actor, causationId } = origin.context;
  const id = newId();
  const { installationUrl = DEFAULT_INSTALLATION_URL } = origin;
  const headers = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: eventSource(installationUrl, origin.source),
    [TYPE_HEADER]: type,
    ce_time: origin.time.toISOString(),
    ce_subject: key,
    ce_dataschema: eventSchemaAddress(installationUrl, type),
    ce_partitionkey: key,
    ce_correlationid: typeof wire['applicationId'] === 'string' ? wire['applicationId'] : key,
    ce_causationid: causationId,
    ce_actor: `${actor.kind}:${actor.id}`,
    'content-type': 'application/json',
    traceparent: origin.traceparent,
  };
  return { id, type, topic, key, aggregateType: keyField === 'loanId' ? 'loan' : 'application', headers, payload };
}

function header(record: LogRecord, name: string): string {
  const value = record.headers[name];
  if (value === undefined || value === '') throw new UndecodableRecordError(`header ${name} is missing`);
  return value;
}

function decodeActor(text: string): Actor {
  const separator = text.indexOf(':');
  const kind = ACTOR_KINDS.find((known) => known === text.slice(0, separator));
  if (separator < 0 || !kind || separator === text.length - 1) throw new UndecodableRecordError(`ce_actor "${text}" is not "kind:id"`);
  return { kind, id: text.slice(separator + 1) };
}

function decodePayload<E extends object>(eventClass: EventClass<E>, value: Buffer): E {
  let wire: unknown;
  try {
    wire = JSON.parse(value.toString('utf8'));
  } catch (error) {
    throw new UndecodableRecordError(`${eventClass.name}: the payload is not JSON (${(error as Error).message})`);
  }
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) throw new UndecodableRecordError(`${eventClass.name}: the payload is not an object`);
  // A field that only newer producers know is dropped, and a value that only they know is taken where its enum is open, so that they can be deployed first.
  if (acceptsPayload(eventClass, wire, 'drop')) return Object.assign(Object.create(eventClass.prototype as object) as E, wire);
  const payload = toInstance(eventClass, wire);
  // What holds for writers alone is left out: a value of an open enum may be newer than this build.
  const errors = validateSync(payload, { whitelist: true, forbidNonWhitelisted: false, strictGroups: true });
  if (errors.length > 0) throw new InvalidEventError(`${eventClass.name}: ${firstProblem(errors)}`);
  return payload;
}

/** Reads a record as an event of the class; throws {@link UndecodableRecordError} or {@link InvalidEventError}, never anything else. */
export function decodeEvent<E extends object>(eventClass: EventClass<E>, record: LogRecord & LogPosition): ReceivedEvent<E> {
  const id = header(record, 'ce_id');
  if (!isUuid(id)) throw new UndecodableRecordError(`ce_id "${id}" is not a UUID`);
  if (header(record, 'ce_specversion') !== '1.0') throw new UndecodableRecordError(`CloudEvents version ${record.headers['ce_specversion']} is not 1.0`);
  const occurredAt = new Date(header(record, 'ce_time'));
  if (Number.isNaN(occurredAt.getTime())) throw new UndecodableRecordError(`ce_time "${record.headers['ce_time']}" is not a time`);
  return {
    id,
    type: currentEventType(header(record, TYPE_HEADER)),
    key: record.key,
    source: header(record, 'ce_source'),
    occurredAt,
    actor: decodeActor(header(record, 'ce_actor')),
    causationId: header(record, 'ce_causationid'),
    correlationId: header(record, 'ce_correlationid'),
    traceparent: record.headers['traceparent'],
    position: { topic: record.topic, partition: record.partition, offset: record.offset },
    payload: decodePayload(eventClass, record.value),
  };
}
