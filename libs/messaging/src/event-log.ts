/**
 * The port to the event log. Two adapters exist (PostgreSQL, Apache Kafka); both must pass `test/event-log.contract.ts` unchanged.
 * Nothing above this file knows which one runs.
 */

/** A record to be appended. The adapter chooses the partition from the key, the same for every writer. */
export interface LogRecord {
  readonly topic: string;
  /** Records of one key keep their order. */
  readonly key: string;
  /** CloudEvents attributes (`ce_*`) and W3C trace context, kept to the byte. */
  readonly headers: Readonly<Record<string, string>>;
  /** Payload bytes, at most {@link MAX_RECORD_BYTES}. */
  readonly value: Buffer;
}

/** A record as read back, with its place. */
export interface StoredRecord extends LogRecord {
  readonly partition: number;
  /** Position in the partition, ascending from 0. */
  readonly offset: bigint;
  readonly appendedAt: Date;
}

/** Where a record stands. */
export interface LogPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** Largest payload of one record (1 MiB, the default limit of Apache Kafka brokers). */
export const MAX_RECORD_BYTES = 1_048_576;

/** A payload is over {@link MAX_RECORD_BYTES}; nothing of the batch was appended. */
export class RecordTooLargeError extends Error {}

/** A topic that the topic job has not created; topics never appear by use. */
export class UnknownTopicError extends Error {
  constructor(topic: string) {
    super(`topic ${topic} does not exist: the topic job creates it`);
  }
}

/** This member lost the partition (it was away longer than the session timeout); the batch's offset was not committed. */
export class FencedError extends Error {}

/** The records that one call of the handler gets: of one partition or of several, each partition's in order. */
export interface RecordBatch {
  readonly records: readonly StoredRecord[];
}

/** Settings of one member of a consumer group; every option is explicit, none is a library's default. */
export interface SubscribeOptions {
  /** Consumer group: members share the partitions, the group remembers offsets. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group without a stored offset begins. */
  readonly startAt: 'earliest' | 'latest';
  /** Most records handed over at once. */
  readonly maxBatchRecords: number;
  /**
   * Batches handled at the same time by this member. Partitions of the same number, whatever their topics, are never in two of them at once:
   * topics with the same number of partitions can share keys without two batches that are about the same key.
   */
  readonly concurrentBatches: number;
  /** A member silent for so long has lost its partitions to the others, who go on with them by then. */
  readonly sessionTimeoutMs: number;
  /**
   * Handles a batch; its offsets are committed after it resolves. The next records of its partitions are not handed over before (back-pressure).
   * A throw leaves the offsets where they were; the records come again after `retryDelayMs`.
   */
  readonly onBatch: (batch: RecordBatch) => Promise<void>;
  readonly retryDelayMs: number;
  /** Told of trouble that the adapter lives through (a lost connection, a fenced commit, a failed batch). */
  readonly onError: (error: Error) => void;
}

/** One running member of a consumer group. */
export interface Subscription {
  /** Partitions held now. */
  assignments(): readonly { topic: string; partition: number }[];
  /** Stops reading, lets running batches end and commit, gives the partitions back. Loses nothing; safe to call twice. */
  stop(): Promise<void>;
}

/** Offsets of one partition: the first kept, the next to be written, and what a group has committed (undefined: nothing yet). */
export interface PartitionOffsets {
  readonly topic: string;
  readonly partition: number;
  readonly earliest: bigint;
  readonly next: bigint;
  readonly committed?: bigint;
}

/** What one service may do in the log; whatever is not named is refused by the server that keeps the log. */
export interface LogRights {
  /** Topics that it may append to. */
  readonly writes: readonly string[];
  /** Topics that it may read. */
  readonly reads: readonly string[];
  /** Its consumer group; none for a service that consumes nothing. */
  readonly group?: string;
}

/** The event log. Errors: a topic that the topic job has not created is refused by name in every call. */
export interface EventLog {
  /** Creates missing topics; never removes or shrinks one. */
  createTopics(topics: readonly { name: string; partitions: number }[]): Promise<void>;
  /** Appends all or nothing per call where the engine can; keeps the order given per key. Resolves when the records are durable. */
  append(records: readonly LogRecord[]): Promise<readonly LogPosition[]>;
  /** Joins a consumer group; resolves once the member runs. */
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** Reads one partition from an offset (inclusive), outside any group; ends at the records that were there when it began. */
  read(from: LogPosition, limits: { batchRecords: number }): AsyncIterable<StoredRecord>;
  /** First offset appended at or after the time; the next offset to be written where there is none. */
  offsetAtTime(topic: string, partition: number, time: Date): Promise<bigint>;
  /** Offsets of every partition of a topic, with what `group` has committed. */
  offsets(topic: string, group?: string): Promise<readonly PartitionOffsets[]>;
  /** Ends every subscription and connection. */
  close(): Promise<void>;
}
