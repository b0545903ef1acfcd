import { newId } from '@millrace/contracts';
import { decodeEvent, encodeEvent, InvalidEventError, UndecodableRecordError } from '../src/envelope.js';
import type { LogPosition, LogRecord } from '../src/event-log.js';
import { StepTaken } from './step-events.js';

const ORIGIN = {
  source: 'test',
  time: new Date('2026-03-02T01:00:00.123Z'),
  context: { actor: { kind: 'staff' as const, id: 'olga:night shift' }, causationId: newId() },
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
};

function encoded(change: Record<string, string> = {}, payload?: string): LogRecord & LogPosition {
  const event = encodeEvent(new StepTaken({ applicationId: newId(), number: 1 }), ORIGIN);
  const headers = { ...event.headers, ...change };
  return { topic: event.topic, key: event.key, headers, value: Buffer.from(payload ?? event.payload), partition: 0, offset: 7n };
}

test('what was encoded is decoded to the same: envelope, actor with a colon in its id, payload as an instance of its class', () => {
  const record = encoded();
  const event = decodeEvent(StepTaken, record);
  expect(event).toMatchObject({
    id: record.headers['ce_id'],
    key: record.key,
    occurredAt: ORIGIN.time,
    actor: { kind: 'staff', id: 'olga:night shift' },
    causationId: ORIGIN.context.causationId,
    correlationId: record.key,
    position: { topic: record.topic, partition: 0, offset: 7n },
  });
  expect(event.payload).toBeInstanceOf(StepTaken);
});

test.each([
  ['ce_actor', 'staffx'],
  ['ce_actor', 'staff:'],
  ['ce_actor', ':olga'],
  ['ce_actor', 'robot:7'],
  ['ce_actor', ''],
  ['ce_time', 'yesterday'],
  ['ce_id', 'x'],
  ['ce_specversion', '2.0'],
  ['ce_causationid', ''],
  ['ce_correlationid', ''],
  ['ce_source', ''],
])('header %s with the value %p cannot be read', (header, value) => {
  expect(() => decodeEvent(StepTaken, encoded({ [header]: value }))).toThrow(UndecodableRecordError);
});

test.each(['', 'null', '7', '"text"', '[]', '{', '\u0000'])('payload %p cannot be read', (payload) => {
  expect(() => decodeEvent(StepTaken, encoded({}, payload))).toThrow(UndecodableRecordError);
});

test.each(['{}', '{"applicationId":"x","number":1}', '{"applicationId":null,"number":1}', '{"__proto__":{"number":1}}'])(
  'payload %p breaks the contract',
  (payload) => {
    expect(() => decodeEvent(StepTaken, encoded({}, payload))).toThrow(InvalidEventError);
  },
);

test('an error names the class and the field', () => {
  expect(() => encodeEvent(new StepTaken({ applicationId: newId(), number: 1.5 }), ORIGIN)).toThrow('StepTaken: number must be an integer number');
});
