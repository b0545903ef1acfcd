import type { EventLog, LogPosition, LogRecord, PartitionOffsets, StoredRecord, SubscribeOptions, Subscription } from '@millrace/messaging';

/** One partition as one consumer group sees it. */
export interface WaitingPartition {
  readonly topic: string;
  readonly partition: number;
  /** Offset of the next record to handle. */
  readonly from: bigint;
  /** Records from there to the end. */
  readonly records: number;
}

const place = (topic: string, partition: number): string => `${topic}/${partition}`;

/**
 * The real log with the groups' offsets in the hands of the scheduler: what is appended goes to the adapter and what is handled is read from it,
 * but when a group reads, how much, and whether its offset is kept is decided step by step.
 */
export class WatchedLog implements EventLog {
  readonly #ends = new Map<string, { readonly topic: string; readonly partition: number; end: bigint }>();
  readonly #committed = new Map<string, bigint>();

  constructor(private readonly log: EventLog) {}

  /** Partitions of some topics with something new for a group, in a fixed order. */
  waiting(group: string, topics: readonly string[]): WaitingPartition[] {
    const known = [...this.#ends.values()].filter(({ topic }) => topics.includes(topic));
    return known
      .map(({ topic, partition, end }) => {
        const from = this.#committed.get(`${group} ${place(topic, partition)}`) ?? 0n;
        return { topic, partition, from, records: Number(end - from) };
      })
      .filter(({ records }) => records > 0)
      .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  }

  /** The next records of a partition. */
  async take({ topic, partition, from, records }: WaitingPartition, most: number): Promise<StoredRecord[]> {
    const wanted = Math.min(records, most);
    const taken: StoredRecord[] = [];
    for await (const record of this.log.read({ topic, partition, offset: from }, { batchRecords: wanted })) if (taken.push(record) === wanted) break;
    return taken;
  }

  /** Keeps a group's offset. Going back gives it the same records again. */
  commit(group: string, topic: string, partition: number, next: bigint): void {
    this.#committed.set(`${group} ${place(topic, partition)}`, next < 0n ? 0n : next);
  }

  /** Every record that was ever appended, partition by partition. */
  async *everything(): AsyncGenerator<StoredRecord> {
    for (const { topic, partition } of this.#ends.values()) yield* this.log.read({ topic, partition, offset: 0n }, { batchRecords: 500 });
  }

  async append(records: readonly LogRecord[]): Promise<readonly LogPosition[]> {
    const positions = await this.log.append(records);
    for (const { topic, partition, offset } of positions) {
      const known = this.#ends.get(place(topic, partition));
      if (!known) this.#ends.set(place(topic, partition), { topic, partition, end: offset + 1n });
      else if (offset >= known.end) known.end = offset + 1n;
    }
    return positions;
  }

  createTopics(topics: readonly { name: string; partitions: number }[]): Promise<void> {
    return this.log.createTopics(topics);
  }

  subscribe(options: SubscribeOptions): Promise<Subscription> {
    return this.log.subscribe(options);
  }

  read(from: LogPosition, limits: { batchRecords: number }): AsyncIterable<StoredRecord> {
    return this.log.read(from, limits);
  }

  offsetAtTime(topic: string, partition: number, time: Date): Promise<bigint> {
    return this.log.offsetAtTime(topic, partition, time);
  }

  offsets(topic: string, group?: string): Promise<readonly PartitionOffsets[]> {
    return this.log.offsets(topic, group);
  }

  close(): Promise<void> {
    return this.log.close();
  }
}
