import type pg from 'pg';
import { TYPE_HEADER } from './envelope.js';
import type { StoredRecord } from './event-log.js';
import type { EventTransaction, ReceivedEvent } from './event-transaction.js';
import type { Refusal, RefusalCode } from './refusal.js';

const RECORD = `
insert into refused_event (consumer, topic, partition, "offset", key, event_id, type, source, reason_code, reason, headers)
select $1, * from unnest($2::text[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::jsonb[])
on conflict do nothing`;

/** Records what a consumer passes over, in the transaction that marks it seen. */
export async function recordRefused(
  client: Pick<pg.ClientBase, 'query'>,
  consumer: string,
  refused: readonly { readonly record: StoredRecord; readonly refusal: Refusal }[],
): Promise<void> {
  const records = refused.map(({ record }) => record);
  const headers = (name: string): string[] => records.map((record) => record.headers[name] ?? '');
  await client.query(RECORD, [
    consumer,
    records.map((record) => record.topic),
    records.map((record) => record.partition),
    records.map((record) => record.offset),
    records.map((record) => record.key),
    headers('ce_id'),
    headers(TYPE_HEADER),
    headers('ce_source'),
    refused.map(({ refusal }) => refusal.code),
    refused.map(({ refusal }) => refusal.reason),
    records.map((record) => JSON.stringify(record.headers)),
  ]);
}

const REFUSE = `
insert into refused_event (consumer, topic, partition, "offset", key, event_id, type, source, reason_code, reason, headers)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, jsonb_build_object('ce_causationid', $11::text, 'ce_correlationid', $12::text)) on conflict do nothing`;

/**
 * Called by a handler for an event that is not what was ordered: it is recorded and alarms, and the handler changes nothing else. The event counts
 * as handled, so that later ones of its key go on.
 */
export async function refuseEvent(tx: EventTransaction, event: ReceivedEvent<unknown>, reason: string): Promise<void> {
  const { topic, partition, offset } = event.position;
  const code: RefusalCode = 'NOT_AS_ORDERED';
  const { id, type, source, key, causationId, correlationId } = event;
  await tx.query(REFUSE, [tx.context.actor.id, topic, partition, String(offset), key, id, type, source, code, reason, causationId, correlationId]);
}

/** A refused event as people see it. */
export interface RefusedEvent {
  readonly id: bigint;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
  readonly eventId: string;
  readonly type: string;
  readonly source: string;
  readonly reasonCode: RefusalCode;
  readonly reason: string;
  readonly refusedAt: Date;
  readonly seenBy: string | null;
  readonly seenAt: Date | null;
}

type Row = Omit<RefusedEvent, 'id' | 'offset'> & { readonly id: string; readonly offset: string };

const LIST = `select id, topic, partition, "offset", key, event_id as "eventId", type, source, reason_code as "reasonCode", reason, refused_at as "refusedAt",
  seen_by as "seenBy", seen_at as "seenAt" from refused_event where consumer = $1 and (seen_at is null or $2) order by id limit $3`;

/** Refused events of a consumer, the oldest first: those that nobody has looked at, or all. */
export async function listRefused(db: Pick<pg.Pool, 'query'>, consumer: string, { all = false, limit = 100 } = {}): Promise<RefusedEvent[]> {
  const { rows } = await db.query<Row>(LIST, [consumer, all, limit]);
  return rows.map((row) => ({ ...row, id: BigInt(row.id), offset: BigInt(row.offset) }));
}

/** Says that a person has looked at refused events, which ends their alarm; answers how many nobody had looked at. */
export async function markRefusedSeen(db: Pick<pg.Pool, 'query'>, consumer: string, ids: readonly bigint[], by: string): Promise<number> {
  const { rowCount } = await db.query(
    'update refused_event set seen_by = $3, seen_at = clock_timestamp() where consumer = $1 and id = any($2::bigint[]) and seen_at is null',
    [consumer, ids.map(String), by],
  );
  return rowCount ?? 0;
}
