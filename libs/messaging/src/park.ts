import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Delivery } from './delivery.js';

/** Longest reason kept with a parked event, in characters. */
const MAX_REASON_LENGTH = 2_000;

/** Why an event is parked. */
export interface ParkReason {
  readonly reason: string;
  /** Same for failures at the same place; null for an event that waits behind another of its key. */
  readonly stackHash: string | null;
  readonly attempts: number;
}

/** Reason of an event that waits behind a parked one of its key. */
export const BEHIND: ParkReason = { reason: 'waits behind a parked event of its key', stackHash: null, attempts: 0 };

/** Reason made from an error. The hash leaves out the message and the places of files, which differ from case to case and from machine to machine. */
export function reasonOf(error: unknown, attempts: number): ParkReason {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const frames = stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.replace(/\(?(file:|node:|\/)\S*/g, '').trim());
  const stackHash = createHash('sha256')
    .update([name, ...frames].join('\n'))
    .digest('hex')
    .slice(0, 16);
  // The message of a JSON error quotes the payload, and PostgreSQL keeps no NUL in text.
  const reason = `${name}: ${message}`.replaceAll('\u0000', '\uFFFD').slice(0, MAX_REASON_LENGTH);
  return { reason, stackHash, attempts };
}

const PARK = `
insert into parked_event (consumer, event_id, key, type, topic, partition, "offset", headers, value, reason, stack_hash, attempts)
select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::jsonb[], $9::bytea[], $10::text[], $11::text[], $12::int[])`;

/** Parks events in the transaction that marks them seen, in the order given. */
export async function parkEvents(client: pg.ClientBase, consumer: string, events: readonly { delivery: Delivery; why: ParkReason }[]): Promise<void> {
  const records = events.map(({ delivery }) => delivery.record);
  await client.query(PARK, [
    consumer,
    events.map(({ delivery }) => delivery.eventId),
    records.map((record) => record.key),
    events.map(({ delivery }) => delivery.type),
    records.map((record) => record.topic),
    records.map((record) => record.partition),
    records.map((record) => record.offset),
    records.map((record) => JSON.stringify(record.headers)),
    records.map((record) => record.value),
    events.map(({ why }) => why.reason),
    events.map(({ why }) => why.stackHash),
    events.map(({ why }) => why.attempts),
  ]);
}
