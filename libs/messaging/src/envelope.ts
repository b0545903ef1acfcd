import { describeEvent, eventClassOf, isId, newId, versionedType, type Clock, type DomainEvent, type EventClass } from '@millrace/contracts';
import { instanceToPlain, plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { MAX_RECORD_BYTES, RecordTooLargeError, type LogRecord, type StoredRecord } from './event-log.js';
import type { Actor, ReceivedEvent, TransactionContext } from './event-transaction.js';
import { nextTraceparent } from './trace-context.js';

/** An event that breaks its own contract, on the way out or in; the message names event and field, never a value. */
export class InvalidEventError extends Error {}

/** Header that tells the event's type without reading its payload. */
export const TYPE_HEADER = 'ce_type';

function firstProblem(errors: readonly ValidationError[], path = ''): string {
  const [error] = errors;
  if (!error) return 'unknown problem';
  const field = path ? `${path}.${error.property}` : error.property;
  const [rule] = Object.keys(error.constraints ?? {});
  return rule ? `${field} breaks ${rule}` : firstProblem(error.children ?? [], field);
}

/** Validates an event strictly and wraps it as a CloudEvents 1.0 record (Kafka binding, binary mode). */
export function encodeEvent(event: DomainEvent<unknown>, source: string, context: TransactionContext, clock: Clock): LogRecord & { id: string } {
  const eventClass = event.constructor as EventClass;
  const descriptor = describeEvent(eventClass);
  const type = versionedType(descriptor);
  const errors = validateSync(event, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (errors.length > 0) throw new InvalidEventError(`${type}: ${firstProblem(errors)}`);
  const payload = instanceToPlain(event) as Record<string, unknown>;
  const value = Buffer.from(JSON.stringify(payload));
  if (value.length > MAX_RECORD_BYTES) throw new RecordTooLargeError(`${type} has ${value.length} bytes, over the limit of ${MAX_RECORD_BYTES} bytes`);
  const id = newId();
  const key = String(payload[descriptor.keyField]);
  const headers = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: `/millrace/${source}`,
    ce_type: type,
    ce_time: clock.now().toISOString(),
    ce_subject: key,
    ce_dataschema: `https://millrace.dev/schemas/${type}.json`,
    ce_correlationid: String(payload['applicationId']),
    ce_causationid: context.causationId,
    ce_actor: `${context.actor.kind}:${context.actor.id}`,
    'content-type': 'application/json',
    traceparent: nextTraceparent(context.traceparent),
  };
  return { id, topic: descriptor.topic, key, headers, value };
}

function actorOf(header: string | undefined): Actor {
  const [kind, ...id] = (header ?? '').split(':');
  if (!['system', 'partner', 'staff', 'applicant'].includes(kind ?? '') || id.length === 0) throw new InvalidEventError('ce_actor is not `kind:id`');
  return { kind: kind as Actor['kind'], id: id.join(':') };
}

/** Reads a record back; fields added by a newer producer are ignored, anything wrong throws {@link InvalidEventError}. */
export function decodeEvent<E extends object>(record: StoredRecord): ReceivedEvent<E> {
  const { headers } = record;
  const type = headers[TYPE_HEADER] ?? '';
  const eventClass = eventClassOf(type);
  if (!eventClass) throw new InvalidEventError(`there is no event type ${type}`);
  if (!isId(headers['ce_id'])) throw new InvalidEventError(`${type}: ce_id is not a UUIDv7`);
  let plain: unknown;
  try {
    plain = JSON.parse(record.value.toString('utf8'));
  } catch {
    throw new InvalidEventError(`${type}: the payload is not JSON`);
  }
  if (plain === null || typeof plain !== 'object') throw new InvalidEventError(`${type}: the payload is not an object`);
  const payload = plainToInstance(eventClass as new () => E, plain);
  const errors = validateSync(payload, { whitelist: true, forbidUnknownValues: true });
  if (errors.length > 0) throw new InvalidEventError(`${type}: ${firstProblem(errors)}`);
  const occurredAt = new Date(headers['ce_time'] ?? '');
  if (Number.isNaN(occurredAt.getTime())) throw new InvalidEventError(`${type}: ce_time is not a time`);
  return {
    id: headers['ce_id'],
    type,
    key: record.key,
    source: headers['ce_source'] ?? '',
    occurredAt,
    actor: actorOf(headers['ce_actor']),
    causationId: headers['ce_causationid'] ?? '',
    correlationId: headers['ce_correlationid'] ?? '',
    traceparent: headers['traceparent'],
    position: { topic: record.topic, partition: record.partition, offset: record.offset },
    payload,
  };
}
