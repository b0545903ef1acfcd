import type pg from 'pg';
import { UnknownTopicError, type LogPosition, type LogRecord, type PartitionOffsets, type StoredRecord } from './event-log.js';
import { partitionName } from './partition-lanes.js';
import { partitionOf } from './partitioner.js';
import { prepared } from './prepared-statement.js';

/** A row of `event_log.record` as pg returns it. */
export interface RecordRow {
  readonly offset: string;
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly value: Buffer;
  readonly appended_at: Date;
}

/** Columns of a {@link RecordRow}. */
export const RECORD_COLUMNS = 'r."offset", r.key, r.headers, r.value, r.appended_at';

/** A record with its partition, or a partition without a record. */
export type PlacedRow = { readonly topic: string; readonly partition: number } & (RecordRow | { readonly offset: null });

function toStoredRecord(topic: string, partition: number, row: RecordRow): StoredRecord {
  return { topic, partition, offset: BigInt(row.offset), key: row.key, headers: row.headers, value: row.value, appendedAt: row.appended_at };
}

/** Records by the name of their partition, in the order of the rows; a partition without a record has an empty list. */
export function byPartition(rows: readonly PlacedRow[]): Map<string, StoredRecord[]> {
  const partitions = new Map<string, StoredRecord[]>();
  for (const row of rows) {
    const name = partitionName(row);
    let records = partitions.get(name);
    if (!records) partitions.set(name, (records = []));
    if (row.offset !== null) records.push(toStoredRecord(row.topic, row.partition, row));
  }
  return partitions;
}

// The function is in the log's migrations: it alone may write, and it asks whether the role that has logged in may.
const APPEND = 'select topic, partition, base from event_log.append($1::text[], $2::int[], $3::text[], $4::jsonb[], $5::bytea[])';

/** Appends records in one statement; the partition count of each topic must be known. Runs on a pool or inside a transaction of `client`. */
export async function appendRecords(
  client: Pick<pg.ClientBase, 'query'>,
  records: readonly LogRecord[],
  partitionCounts: ReadonlyMap<string, number>,
): Promise<LogPosition[]> {
  const counts = new Map<string, number>();
  const places = records.map((record) => {
    const partition = partitionOf(record.key, partitionCounts.get(record.topic)!);
    const name = partitionName({ topic: record.topic, partition });
    const index = counts.get(name) ?? 0;
    counts.set(name, index + 1);
    return { name, partition, index };
  });
  const { rows } = await client.query<{ topic: string; partition: number; base: string }>(
    prepared(APPEND, [
      records.map((record) => record.topic),
      places.map((place) => place.partition),
      records.map((record) => record.key),
      records.map((record) => JSON.stringify(record.headers)),
      records.map((record) => record.value),
    ]),
  );
  const bases = new Map(rows.map((row) => [partitionName(row), BigInt(row.base)]));
  return records.map((record, at) => {
    const place = places[at]!;
    const base = bases.get(place.name);
    if (base === undefined) throw new UnknownTopicError(record.topic);
    return { topic: record.topic, partition: place.partition, offset: base + BigInt(place.index) };
  });
}

const READ = `select ${RECORD_COLUMNS} from event_log.record r where r.topic = $1 and r.partition = $2 and r."offset" >= $3 order by r."offset" limit $4`;

/** Records of one partition from an offset on, in order. */
export async function readRecords(client: Pick<pg.ClientBase, 'query'>, from: LogPosition, limit: number): Promise<StoredRecord[]> {
  const values = [from.topic, from.partition, from.offset, limit];
  const { rows } = await client.query<RecordRow>(prepared(READ, values));
  return rows.map((row) => toStoredRecord(from.topic, from.partition, row));
}

const READ_FROM_EACH = `
select f.topic, f.partition, ${RECORD_COLUMNS} from unnest($1::text[], $2::int[], $3::bigint[]) as f(topic, partition, start), lateral (
  select * from event_log.record where topic = f.topic and partition = f.partition and "offset" >= f.start order by "offset" limit $4
) r order by f.topic, f.partition, r."offset"`;

/** Up to `limit` records of each of several partitions, in order, by the partition's name. */
export async function readFromEach(client: Pick<pg.ClientBase, 'query'>, from: readonly LogPosition[], limit: number): Promise<Map<string, StoredRecord[]>> {
  const values = [from.map(({ topic }) => topic), from.map(({ partition }) => partition), from.map(({ offset }) => offset), limit];
  const { rows } = await client.query<PlacedRow>(prepared(READ_FROM_EACH, values));
  return byPartition(rows);
}

// Offsets have no gaps and appended_at rises with them, so halving finds the place with about log2(n) look-ups in the primary key.
const OFFSET_AT_TIME = `
with recursive search(low, high) as (
  select 0::bigint, next_offset from event_log.topic_partition where topic = $1 and partition = $2
  union all
  select case when r.appended_at < $3 then s.low + (s.high - s.low) / 2 + 1 else s.low end,
         case when r.appended_at < $3 then s.high else s.low + (s.high - s.low) / 2 end
  from search s
  join event_log.record r on r.topic = $1 and r.partition = $2 and r."offset" = s.low + (s.high - s.low) / 2
  where s.low < s.high
)
select low from search where low = high`;

/** First offset appended at or after a time. */
export async function findOffsetAtTime(client: Pick<pg.ClientBase, 'query'>, topic: string, partition: number, time: Date): Promise<bigint> {
  const { rows } = await client.query<{ low: string }>(OFFSET_AT_TIME, [topic, partition, time]);
  return BigInt(rows[0]!.low);
}

const OFFSETS = `
select p.topic, p.partition, p.next_offset, c.committed_offset
from event_log.topic_partition p
left join event_log.consumer_partition c on c.topic = p.topic and c.partition = p.partition and c.group_name = $2
where p.topic = $1 order by p.partition`;

/** Offsets of a topic's partitions; the log keeps every record, so the earliest is always 0. */
export async function readOffsets(client: Pick<pg.ClientBase, 'query'>, topic: string, group: string | undefined): Promise<PartitionOffsets[]> {
  type Row = { topic: string; partition: number; next_offset: string; committed_offset: string | null };
  const { rows } = await client.query<Row>(OFFSETS, [topic, group ?? null]);
  return rows.map((row) => ({
    topic: row.topic,
    partition: row.partition,
    earliest: 0n,
    next: BigInt(row.next_offset),
    ...(row.committed_offset === null ? {} : { committed: BigInt(row.committed_offset) }),
  }));
}

/** Next offset of every partition of the topics. */
export async function readNextOffsets(
  client: Pick<pg.ClientBase, 'query'>,
  topics: readonly string[],
): Promise<{ topic: string; partition: number; next: bigint }[]> {
  const text = 'select topic, partition, next_offset from event_log.topic_partition where topic = any($1)';
  const { rows } = await client.query<{ topic: string; partition: number; next_offset: string }>(prepared(text, [topics]));
  return rows.map((row) => ({ topic: row.topic, partition: row.partition, next: BigInt(row.next_offset) }));
}
