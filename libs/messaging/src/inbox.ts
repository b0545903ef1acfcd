import type pg from 'pg';
import type { StoredRecord } from './event-log.js';
import { prepared } from './prepared-statement.js';

/** What the inbox must know of a record. */
export interface InboxEntry {
  readonly eventId: string;
  readonly record: StoredRecord;
}

const MARK = `
with fresh as (
  insert into inbox (consumer, event_id, topic, partition, "offset")
  select $1, e.event_id, e.topic, e.partition, e."offset" from unnest($2::uuid[], $3::text[], $4::int[], $5::bigint[]) as e(event_id, topic, partition, "offset")
  on conflict do nothing returning event_id
), waiting as (
  select key from parked_event where consumer = $1 and key = any($6) and key <> '' and status = 'parked' for share
)
select array(select event_id from fresh) as fresh, array(select distinct key from waiting) as keys`;

const WAITING = `
with waiting as (select key from parked_event where consumer = $1 and key = any($2) and key <> '' and status = 'parked' for share)
select array(select distinct key from waiting) as keys`;

/** What the inbox tells of a batch. */
export interface Marked {
  /** Ids that were not seen before. */
  readonly fresh: Set<string>;
  /** Keys with parked events that others must wait behind. */
  readonly parkedKeys: Set<string>;
}

/** Entries that can be handled now: not seen before, and behind no parked event. */
export function readyOf<E extends InboxEntry>(entries: readonly E[], { fresh, parkedKeys }: Marked): E[] {
  return entries.filter(({ eventId, record }) => fresh.has(eventId) && !parkedKeys.has(record.key));
}

/**
 * Marks records as seen and tells which were not seen before, and which keys have parked events that others must wait behind.
 * The parked rows are locked: a retry that drains the key at the same time either ends first or finds the new one behind.
 */
export async function markSeen(client: pg.ClientBase, consumer: string, entries: readonly InboxEntry[]): Promise<Marked> {
  const keys = [...new Set(entries.map(({ record }) => record.key))];
  const { rows } = await client.query<{ fresh: string[]; keys: string[] }>(
    prepared(MARK, [
      consumer,
      entries.map(({ eventId }) => eventId),
      entries.map(({ record }) => record.topic),
      entries.map(({ record }) => record.partition),
      entries.map(({ record }) => record.offset),
      keys,
    ]),
  );
  const fresh = new Set(rows[0]!.fresh);
  if (fresh.size === entries.length) return { fresh, parkedKeys: new Set(rows[0]!.keys) };
  // A duplicate may have waited for another member's transaction, which may have parked a key after this statement's snapshot was taken.
  const again = await client.query<{ keys: string[] }>(prepared(WAITING, [consumer, keys]));
  return { fresh, parkedKeys: new Set(again.rows[0]!.keys) };
}
