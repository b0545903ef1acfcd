import pg from 'pg';
import {
  MAX_RECORD_BYTES,
  RecordTooLargeError,
  UnknownTopicError,
  type EventLog,
  type LogPosition,
  type LogRecord,
  type PartitionOffsets,
  type StoredRecord,
  type SubscribeOptions,
  type Subscription,
} from './event-log.js';
import { PostgresGroupMember } from './postgres-group-member.js';
import { PostgresListener } from './postgres-listener.js';
import { PLAN_ONCE } from './prepared-statement.js';
import { appendRecords, findOffsetAtTime, readOffsets, readRecords } from './postgres-records.js';

/** Settings of the PostgreSQL event log. */
export interface PostgresEventLogOptions {
  /** URL with the role of a service, which has its own rights in the log, or with `event_log`, the operators' role, which works with every topic. */
  readonly connectionString: string;
  /** Told of trouble that the log lives through: a lost connection, a failed poll. */
  readonly onError: (error: Error) => void;
  /** Slow poll that finds what a lost notification would have told. */
  readonly pollIntervalMs?: number;
  /** Connections for appends, reads and group work together; one more listens. */
  readonly maxConnections?: number;
}

/** Event log in PostgreSQL tables; its migration is `migrations/event-log`. */
export class PostgresEventLog implements EventLog {
  readonly #members = new Set<PostgresGroupMember>();
  readonly #partitionCounts = new Map<string, number>();
  #closing: Promise<void> | undefined;

  private constructor(
    private readonly writers: pg.Pool,
    private readonly readers: pg.Pool,
    private readonly listener: PostgresListener,
    private readonly pollIntervalMs: number,
  ) {}

  /** Connects and checks that the log's tables are there. */
  static async open(options: PostgresEventLogOptions): Promise<PostgresEventLog> {
    const { connectionString, onError, pollIntervalMs = 2_000, maxConnections = 8 } = options;
    const writerCount = Math.max(1, Math.floor(maxConnections / 4));
    const common = { connectionString, application_name: 'millrace-log', keepAlive: true, idleTimeoutMillis: 30_000 };
    const writers = new pg.Pool({ ...common, max: writerCount, options: PLAN_ONCE });
    // A committed offset that a crash of the server forgets only brings a batch again, so readers do not wait for the disk.
    const readers = new pg.Pool({ ...common, max: Math.max(1, maxConnections - writerCount), options: `${PLAN_ONCE} -c synchronous_commit=off` });
    writers.on('error', onError);
    readers.on('error', onError);
    const listener = new PostgresListener(connectionString, onError);
    const log = new PostgresEventLog(writers, readers, listener, pollIntervalMs);
    try {
      await log.#loadTopics();
      await listener.connect();
    } catch (error) {
      await log.close();
      throw error;
    }
    return log;
  }

  async createTopics(topics: readonly { name: string; partitions: number }[]): Promise<void> {
    // A topic that exists keeps its number of partitions: another one would move keys and break their order.
    await this.writers.query(
      `insert into event_log.topic_partition (topic, partition)
       select t.topic, p.partition from unnest($1::text[], $2::int[]) as t(topic, partitions), generate_series(0, t.partitions - 1) as p(partition)
       where not exists (select 1 from event_log.topic_partition e where e.topic = t.topic)
       on conflict do nothing`,
      [topics.map((topic) => topic.name), topics.map((topic) => topic.partitions)],
    );
    await this.#loadTopics();
  }

  async append(records: readonly LogRecord[]): Promise<readonly LogPosition[]> {
    if (records.length === 0) return [];
    const large = records.find((record) => record.value.length > MAX_RECORD_BYTES);
    if (large) {
      throw new RecordTooLargeError(
        `a record of ${large.value.length} bytes for ${large.topic} (key ${large.key}) is over the limit of ${MAX_RECORD_BYTES} bytes`,
      );
    }
    await this.#requireTopics(new Set(records.map((record) => record.topic)));
    return appendRecords(this.writers, records, this.#partitionCounts);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    await this.#requireTopics(options.topics);
    const counts = new Map(options.topics.map((topic) => [topic, this.#partitionCounts.get(topic)!]));
    const member = new PostgresGroupMember(this.readers, this.listener, { ...options, partitionCounts: counts, pollIntervalMs: this.pollIntervalMs });
    this.#members.add(member);
    try {
      await member.start();
    } catch (error) {
      // Nobody holds a member that did not start, so a later notification must not make it claim partitions.
      this.#members.delete(member);
      await member.stop();
      throw error;
    }
    return member;
  }

  async *read(from: LogPosition, limits: { batchRecords: number }): AsyncIterable<StoredRecord> {
    const end = (await this.offsets(from.topic)).find((offsets) => offsets.partition === from.partition)?.next ?? 0n;
    let offset = from.offset;
    while (offset < end) {
      const limit = Math.min(limits.batchRecords, Number(end - offset));
      const records = await readRecords(this.readers, { ...from, offset }, limit);
      if (records.length === 0) return;
      yield* records;
      offset = records.at(-1)!.offset + 1n;
    }
  }

  async offsetAtTime(topic: string, partition: number, time: Date): Promise<bigint> {
    await this.#requireTopics([topic]);
    return findOffsetAtTime(this.readers, topic, partition, time);
  }

  async offsets(topic: string, group?: string): Promise<readonly PartitionOffsets[]> {
    await this.#requireTopics([topic]);
    return readOffsets(this.readers, topic, group);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#members].map((member) => member.stop()));
    await this.listener.close();
    await Promise.all([this.writers.end(), this.readers.end()]);
  }

  async #requireTopics(topics: Iterable<string>): Promise<void> {
    const wanted = [...topics];
    if (wanted.some((topic) => !this.#partitionCounts.has(topic))) await this.#loadTopics();
    const missing = wanted.find((topic) => !this.#partitionCounts.has(topic));
    if (missing !== undefined) throw new UnknownTopicError(missing);
  }

  async #loadTopics(): Promise<void> {
    const { rows } = await this.writers.query<{ topic: string; partitions: number }>(
      'select topic, count(*)::int as partitions from event_log.topic_partition group by topic',
    );
    for (const row of rows) this.#partitionCounts.set(row.topic, row.partitions);
  }
}
