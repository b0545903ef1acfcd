import pg from 'pg';
import {
  MAX_RECORD_BYTES,
  RecordTooLargeError,
  type EventLog,
  type LogPosition,
  type LogRecord,
  type PartitionOffsets,
  type StoredRecord,
  type SubscribeOptions,
  type Subscription,
} from './event-log.js';
import { partitionOf } from './partitioner.js';
import { PostgresConsumerMember } from './postgres-consumer-member.js';
import { PostgresListener } from './postgres-listener.js';
import { storedRecord, type RecordRow } from './postgres-record.js';

/** Channel on which appends wake the readers. */
const CHANNEL = 'event_log_appended';

// Locking the counter rows in the order of their key keeps two writers of the same partitions from waiting for each other.
const APPEND = `
with incoming as (
  select * from unnest($1::text[], $2::int[], $3::text[], $4::jsonb[], $5::bytea[]) with ordinality
    as r(topic, partition, key, headers, value, position)
), locked as (
  select topic, partition from topic_partition
  where (topic, partition) in (select topic, partition from incoming)
  order by topic, partition for update
), counters as (
  update topic_partition t set next_offset = t.next_offset + n.records
  from (select topic, partition, count(*) as records from incoming join locked using (topic, partition) group by topic, partition) n
  where t.topic = n.topic and t.partition = n.partition
  returning t.topic, t.partition, t.next_offset - n.records as first_offset
), stored as (
  insert into record (topic, partition, "offset", key, headers, value)
  select i.topic, i.partition, c.first_offset + row_number() over (partition by i.topic, i.partition order by i.position) - 1, i.key, i.headers, i.value
  from incoming i join counters c using (topic, partition)
  returning topic, partition, "offset"
), woken as (select pg_notify('${CHANNEL}', ''))
select s.topic, s.partition, s."offset" from stored s, woken`;

/** Settings of the adapter; every one is explicit. */
export interface PostgresEventLogOptions {
  /** URL with the role that owns the log's schema. */
  readonly connectionString: string;
  readonly maxConnections: number;
  /** Slow safety net beside LISTEN. */
  readonly pollIntervalMs: number;
  readonly onError: (error: Error) => void;
}

/** {@link EventLog} in PostgreSQL: the standalone runtime's log. */
export class PostgresEventLog implements EventLog {
  readonly #pool: pg.Pool;
  readonly #listener: PostgresListener;
  readonly #options: PostgresEventLogOptions;
  readonly #members = new Set<PostgresConsumerMember>();
  readonly #partitions = new Map<string, number>();

  private constructor(options: PostgresEventLogOptions, pool: pg.Pool, listener: PostgresListener) {
    this.#options = options;
    this.#pool = pool;
    this.#listener = listener;
  }

  static async open(options: PostgresEventLogOptions): Promise<PostgresEventLog> {
    const pool = new pg.Pool({ connectionString: options.connectionString, max: options.maxConnections, application_name: 'event_log' });
    pool.on('error', options.onError);
    const listener = await PostgresListener.open({ connectionString: options.connectionString, channel: CHANNEL, onError: options.onError });
    return new PostgresEventLog(options, pool, listener);
  }

  async createTopics(topics: readonly { name: string; partitions: number }[]): Promise<void> {
    for (const { name, partitions } of topics) {
      await this.#pool.query('insert into topic_partition (topic, partition) select $1, generate_series(0, $2::int - 1) on conflict do nothing', [name, partitions]);
    }
    this.#partitions.clear();
  }

  async append(records: readonly LogRecord[]): Promise<readonly LogPosition[]> {
    if (records.length === 0) return [];
    const tooLarge = records.find((record) => record.value.length > MAX_RECORD_BYTES);
    if (tooLarge) throw new RecordTooLargeError(`a record of ${tooLarge.value.length} bytes for ${tooLarge.topic} is over the limit of ${MAX_RECORD_BYTES} bytes`);
    const places: number[] = [];
    for (const record of records) places.push(partitionOf(record.key, await this.#partitionCount(record.topic)));
    const { rows } = await this.#pool.query<{ topic: string; partition: number; offset: string }>({
      name: 'append',
      text: APPEND,
      values: [records.map((r) => r.topic), places, records.map((r) => r.key), records.map((r) => JSON.stringify(r.headers)), records.map((r) => r.value)],
    });
    return rows.map((row) => ({ ...row, offset: BigInt(row.offset) }));
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    for (const topic of options.topics) await this.#partitionCount(topic);
    const member = new PostgresConsumerMember(this.#pool, this.#listener, options, this.#options.pollIntervalMs);
    this.#members.add(member);
    await member.start();
    return {
      assignments: () => member.assignments(),
      stop: async () => {
        await member.stop();
        this.#members.delete(member);
      },
    };
  }

  async *read(from: LogPosition, limits: { batchRecords: number }): AsyncIterable<StoredRecord> {
    await this.#partitionCount(from.topic);
    const end = (await this.offsets(from.topic)).find((p) => p.partition === from.partition)?.next ?? 0n;
    let next = from.offset;
    while (next < end) {
      const { rows } = await this.#pool.query<RecordRow>('select * from record where topic = $1 and partition = $2 and "offset" >= $3 and "offset" < $4 order by "offset" limit $5', [
        from.topic,
        from.partition,
        next,
        end,
        limits.batchRecords,
      ]);
      for (const row of rows) yield storedRecord(row);
      const last = rows.at(-1);
      if (!last) return;
      next = BigInt(last.offset) + 1n;
    }
  }

  async offsetAtTime(topic: string, partition: number, time: Date): Promise<bigint> {
    await this.#partitionCount(topic);
    const { rows } = await this.#pool.query<{ offset: string }>(
      `select coalesce((select min("offset") from record where topic = $1 and partition = $2 and appended_at >= $3),
                       (select next_offset from topic_partition where topic = $1 and partition = $2)) as offset`,
      [topic, partition, time],
    );
    return BigInt(rows[0]?.offset ?? 0);
  }

  async offsets(topic: string, group?: string): Promise<readonly PartitionOffsets[]> {
    await this.#partitionCount(topic);
    const { rows } = await this.#pool.query<{ partition: number; next: string; earliest: string; committed: string | null }>(
      `select t.partition, t.next_offset as next, c.committed_offset as committed,
              coalesce((select min("offset") from record r where r.topic = t.topic and r.partition = t.partition), t.next_offset) as earliest
       from topic_partition t left join consumer_partition c on c.topic = t.topic and c.partition = t.partition and c.group_name = $2
       where t.topic = $1 order by t.partition`,
      [topic, group ?? null],
    );
    return rows.map((row) => ({
      topic,
      partition: row.partition,
      earliest: BigInt(row.earliest),
      next: BigInt(row.next),
      ...(row.committed === null ? {} : { committed: BigInt(row.committed) }),
    }));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#members].map((member) => member.stop()));
    await this.#listener.close();
    await this.#pool.end();
  }

  async #partitionCount(topic: string): Promise<number> {
    const cached = this.#partitions.get(topic);
    if (cached) return cached;
    const { rows } = await this.#pool.query<{ count: number }>('select count(*)::int as count from topic_partition where topic = $1', [topic]);
    const count = rows[0]?.count ?? 0;
    if (count === 0) throw new Error(`topic ${topic} does not exist; the topic job creates it`);
    this.#partitions.set(topic, count);
    return count;
  }
}
