import { setTimeout as delay } from 'node:timers/promises';
import {
  AssignerProtocol,
  CompressionTypes,
  Kafka,
  logLevel,
  Partitioners,
  type Admin,
  type Cluster,
  type Consumer,
  type PartitionAssigner,
  type RetryOptions,
} from 'kafkajs';
import {
  UnknownTopicError,
  type EventLog,
  type LogPosition,
  type LogRecord,
  type PartitionOffsets,
  type StoredRecord,
  type SubscribeOptions,
  type Subscription,
} from './event-log.js';
import { connectionSecurity, type KafkaAccess } from './kafka-access.js';
import { KafkaAppender, type Sender } from './kafka-appender.js';
import { asTopicError, isConnectionTrouble } from './kafka-errors.js';
import { KafkaGroupMember, type GroupConnection, type GroupEvents, type NextOffset } from './kafka-group-member.js';
import { KafkaReader, readPartition, type FetchedRecords } from './kafka-reader.js';
import { refuseTooLarge, toStoredRecord, type KafkaMessage } from './kafka-record.js';
import { partitionName } from './partition-lanes.js';
import { stickyAssigner } from './kafka-sticky-assigner.js';
import { topicSettings } from './kafka-topic.js';
import { heartbeatIntervalMs, silenceMs } from './session.js';
import type { PartitionsByTopic } from './sticky-assignment.js';

/** Settings of the Kafka event log. */
export interface KafkaEventLogOptions {
  /** `host:port` of some brokers; the others are learnt from them. */
  readonly brokers: readonly string[];
  /** Name in the broker's logs and quotas. */
  readonly clientId: string;
  /** Copies of each partition that {@link KafkaEventLog.createTopics} asks for. */
  readonly replicationFactor?: number;
  readonly access?: KafkaAccess;
}

/** Bounded, about ten seconds in all: who called decides whether to go on, and is told. */
const RETRY: RetryOptions = { initialRetryTime: 100, multiplier: 2, factor: 0.2, maxRetryTime: 2_000, retries: 8 };
/** A client that gave up is started again by us, after it was reported. */
const CONSUMER_RETRY: RetryOptions = { ...RETRY, retries: 5, restartOnFailure: async () => false };
const CONNECTION_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 30_000;
const METADATA_MAX_AGE_MS = 60_000;
/** How long the broker holds a fetch that finds nothing; also the longest wait of a stop, and of a partition that has room again. */
const FETCH_WAIT_MS = 200;
const FETCH_BYTES = 10 * 1_048_576;
const FETCH_PARTITION_BYTES = 1_048_576;
/** The brokers' default of `group.min.session.timeout.ms`: a shorter one is refused, so that a dead member is then missed later than the port says. */
const SHORTEST_SESSION_MS = 6_000;
const ACKS_FROM_ALL = -1;
/** Tries of a look-up, with waits of 3 s in all: a broker that has just started looks for the coordinators of its groups. */
const CALL_TRIES = 7;
const CALL_BACKOFF_MS = 100;

/** Event log on Apache Kafka; the only file that knows kafkajs, which is no longer released. */
export class KafkaEventLog implements EventLog {
  readonly #members = new Set<KafkaGroupMember>();
  readonly #partitionCounts = new Map<string, number>();
  readonly #admin: Admin;
  readonly #appender: KafkaAppender;
  readonly #reader: { readonly consumer: Consumer; readonly reader: KafkaReader };
  #closing: Promise<void> | undefined;

  private constructor(
    private readonly kafka: Kafka,
    private readonly replicationFactor: number,
  ) {
    this.#admin = kafka.admin({ retry: RETRY });
    this.#reader = this.#createReader();
    this.#appender = new KafkaAppender(
      () => this.#connectSender(),
      (topic) => this.#partitionCounts.get(topic)!,
      () => this.#partitionCounts.clear(),
    );
  }

  /** Connects; an address where no broker answers is refused in one line. */
  static async open(options: KafkaEventLogOptions): Promise<KafkaEventLog> {
    const { brokers, clientId, replicationFactor = 1, access = {} } = options;
    const kafka = new Kafka({
      brokers: [...brokers],
      clientId,
      ...connectionSecurity(access),
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      enforceRequestTimeout: true,
      retry: RETRY,
      // Whatever matters reaches us as an error or an event.
      logLevel: logLevel.NOTHING,
    });
    const log = new KafkaEventLog(kafka, replicationFactor);
    try {
      await log.#admin.connect();
      await log.#loadTopics();
    } catch (error) {
      await log.close();
      throw new Error(`no Kafka broker answers at ${brokers.join(', ')}: ${(error as Error).message}`, { cause: error });
    }
    return log;
  }

  async createTopics(topics: readonly { name: string; partitions: number }[]): Promise<void> {
    await this.#loadTopics();
    // A topic that exists keeps its number of partitions: another one would move keys and break their order.
    const missing = topics.filter(({ name }) => !this.#partitionCounts.has(name));
    if (missing.length === 0) return;
    const wanted = missing.map(({ name, partitions }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor: this.replicationFactor,
      configEntries: topicSettings(this.replicationFactor),
    }));
    await this.#admin.createTopics({ topics: wanted, waitForLeaders: true, timeout: REQUEST_TIMEOUT_MS }).catch((error: unknown) => {
      throw asTopicError(error);
    });
    await this.#loadTopics();
  }

  async append(records: readonly LogRecord[]): Promise<readonly LogPosition[]> {
    if (records.length === 0) return [];
    refuseTooLarge(records);
    await this.#requireTopics(new Set(records.map((record) => record.topic)));
    return this.#appender.append(records);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    await this.#requireTopics(options.topics);
    const member = new KafkaGroupMember((events) => this.#connectMember(options, events), options);
    this.#members.add(member);
    try {
      await member.start();
    } catch (error) {
      this.#members.delete(member);
      await member.stop();
      throw error;
    }
    return member;
  }

  async *read(from: LogPosition, limits: { batchRecords: number }): AsyncIterable<StoredRecord> {
    const end = (await this.offsets(from.topic)).find((offsets) => offsets.partition === from.partition)?.next ?? 0n;
    const fetch = (offset: bigint, maxBytes: number): Promise<FetchedRecords> => this.#call(() => this.#reader.reader.fetch({ ...from, offset }, maxBytes));
    yield* readPartition(fetch, from.offset, end, limits.batchRecords);
  }

  async offsetAtTime(topic: string, partition: number, time: Date): Promise<bigint> {
    await this.#requireTopics([topic]);
    const found = await this.#call(() => this.#admin.fetchTopicOffsetsByTimestamp(topic, time.getTime()));
    return BigInt(found.find((offset) => offset.partition === partition)!.offset);
  }

  async offsets(topic: string, group?: string): Promise<readonly PartitionOffsets[]> {
    await this.#requireTopics([topic]);
    const places = await this.#call(() => this.#admin.fetchTopicOffsets(topic));
    const [committed] = group === undefined ? [] : await this.#call(() => this.#admin.fetchOffsets({ groupId: group, topics: [topic] }));
    const offsets = places.map(({ partition, low, high }) => {
      const stored = committed?.partitions.find((offset) => offset.partition === partition)?.offset ?? '-1';
      return { topic, partition, earliest: BigInt(low), next: BigInt(high), ...(stored.startsWith('-') ? {} : { committed: BigInt(stored) }) };
    });
    return offsets.sort((a, b) => a.partition - b.partition);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#members].map((member) => member.stop()));
    await this.#appender.close();
    await Promise.all([this.#reader.consumer.disconnect(), this.#admin.disconnect()]);
  }

  /** Repeats a look-up whose connection or broker in charge was lost: the client finds the new one, but fails the call. */
  async #call<T>(look: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await look();
      } catch (error) {
        if (attempt === CALL_TRIES || !isConnectionTrouble(error)) throw error;
        await delay(CALL_BACKOFF_MS * 2 ** (attempt - 1));
      }
    }
  }

  async #requireTopics(topics: Iterable<string>): Promise<void> {
    const wanted = [...topics];
    if (wanted.some((topic) => !this.#partitionCounts.has(topic))) await this.#loadTopics();
    const missing = wanted.find((topic) => !this.#partitionCounts.has(topic));
    if (missing !== undefined) throw new UnknownTopicError(missing);
  }

  async #loadTopics(): Promise<void> {
    const { topics } = await this.#call(() => this.#admin.fetchTopicMetadata());
    for (const { name, partitions } of topics) this.#partitionCounts.set(name, partitions.length);
  }

  async #connectSender(): Promise<Sender> {
    const producer = this.kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      // The broker takes a batch that is sent again only once, and in its place.
      idempotent: true,
      maxInFlightRequests: 1,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      retry: RETRY,
    });
    await producer.connect();
    const send = async (records: readonly LogRecord[]): ReturnType<Sender['send']> => {
      const topicMessages = [...Map.groupBy(records, ({ topic }) => topic)].map(([topic, ofTopic]) => ({
        topic,
        messages: ofTopic.map(({ key, value, headers }) => ({ key, value, headers })),
      }));
      const sent = await producer.sendBatch({ topicMessages, acks: ACKS_FROM_ALL, timeout: REQUEST_TIMEOUT_MS, compression: CompressionTypes.None });
      return sent.map(({ topicName, partition, baseOffset }) => ({ topic: topicName, partition, baseOffset: BigInt(baseOffset!) }));
    };
    return { send, close: () => producer.disconnect() };
  }

  #connectMember(options: SubscribeOptions, events: GroupEvents): GroupConnection {
    const { group, topics, startAt, sessionTimeoutMs } = options;
    const consumer = this.kafka.consumer({
      groupId: group,
      partitionAssigners: [stickyAssigner(AssignerProtocol, () => events.held())],
      sessionTimeout: Math.max(SHORTEST_SESSION_MS, silenceMs(sessionTimeoutMs)),
      rebalanceTimeout: 2 * sessionTimeoutMs,
      heartbeatInterval: heartbeatIntervalMs(sessionTimeoutMs),
      maxWaitTimeInMs: FETCH_WAIT_MS,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      maxBytesPerPartition: FETCH_PARTITION_BYTES,
      allowAutoTopicCreation: false,
      readUncommitted: false,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      retry: CONSUMER_RETRY,
    });
    let crash: Error | undefined;
    const confirmed = new Map<string, bigint>();
    consumer.on('consumer.rebalancing', () => events.rebalancing());
    consumer.on('consumer.group_join', ({ payload }) => events.joined(payload.memberId, payload.memberAssignment as PartitionsByTopic));
    consumer.on('consumer.crash', ({ payload }) => events.crashed((crash = payload.error)));
    consumer.on('consumer.commit_offsets', ({ payload }) => {
      for (const { topic, partitions } of payload.topics) {
        for (const { partition, offset } of partitions) confirmed.set(partitionName({ topic, partition }), BigInt(offset.toString()));
      }
    });
    const commit = async (offsets: readonly NextOffset[]): Promise<void> => {
      for (const place of offsets) confirmed.delete(partitionName(place));
      await consumer.commitOffsets(offsets.map(({ topic, partition, next }) => ({ topic, partition, offset: next.toString() })));
      // A client that is giving up resolves without having committed.
      const missing = offsets.find((place) => confirmed.get(partitionName(place)) !== place.next);
      if (missing) throw new Error(`the client of ${group} ended before the commit of ${partitionName(missing)}@${missing.next}`);
    };
    const start = async (): Promise<void> => {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: startAt === 'earliest' });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: true,
        partitionsConsumedConcurrently: 1,
        eachBatch: async ({ batch }) => {
          const { topic, partition, messages } = batch;
          const records = messages.map((message) => toStoredRecord(topic, partition, message as KafkaMessage));
          events.received({ topic, partition }, BigInt((batch as unknown as { fetchedOffset: string }).fetchedOffset), records, BigInt(batch.lastOffset()));
        },
      });
      if (crash) throw crash;
    };
    return {
      start,
      offsets: (topic) => this.offsets(topic, group),
      commit,
      seek: ({ topic, partition }, offset) => consumer.seek({ topic, partition, offset: offset.toString() }),
      pause: ({ topic, partition }) => consumer.pause([{ topic, partitions: [partition] }]),
      resume: ({ topic, partition }) => consumer.resume([{ topic, partitions: [partition] }]),
      stop: () => consumer.disconnect(),
    };
  }

  /** The client reads only for groups; its connections are reached through the one part of a consumer that is handed them, which is never run. */
  #createReader(): { consumer: Consumer; reader: KafkaReader } {
    let reached: Cluster | undefined;
    const assigner: PartitionAssigner = ({ cluster }) => {
      reached = cluster;
      return stickyAssigner(AssignerProtocol, () => ({}))({ cluster });
    };
    const consumer = this.kafka.consumer({ groupId: 'never-joined', partitionAssigners: [assigner], allowAutoTopicCreation: false, retry: CONSUMER_RETRY });
    return { consumer, reader: new KafkaReader(reached!) };
  }
}
