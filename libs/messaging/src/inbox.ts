import type { StoredRecord } from './event-log.js';
import type { UnitOfWork } from './transaction-runner.js';

/** What the inbox says of a batch. */
export interface InboxAnswer {
  /** Ids that this consumer sees for the first time, and has now marked. */
  readonly fresh: Set<string>;
  /** Keys of the batch behind which events are parked. */
  readonly parkedKeys: Set<string>;
}

const MARK_SEEN = `
with seen as (
  insert into inbox (consumer, event_id, topic, partition, "offset")
  select $1, * from unnest($2::uuid[], $3::text[], $4::int[], $5::bigint[])
  on conflict do nothing returning event_id
)
select (select coalesce(array_agg(event_id), '{}') from seen) as fresh,
       (select coalesce(array_agg(distinct key), '{}') from parked_event where consumer = $1 and status = 'parked' and key = any($6::text[])) as parked`;

/** Marks events as seen in the transaction that handles them: a duplicate is a no-op (design §4.1). */
export async function markSeen(unit: UnitOfWork, consumer: string, events: readonly { id: string; record: StoredRecord }[]): Promise<InboxAnswer> {
  const { rows } = await unit.query<{ fresh: string[]; parked: string[] }>(MARK_SEEN, [
    consumer,
    events.map((event) => event.id),
    events.map((event) => event.record.topic),
    events.map((event) => event.record.partition),
    events.map((event) => event.record.offset),
    events.map((event) => event.record.key),
  ]);
  return { fresh: new Set(rows[0]?.fresh), parkedKeys: new Set(rows[0]?.parked) };
}
