import { partitionOf, type EventLog, type StoredRecord } from '@millrace/messaging';
import type { Progress } from '../command/progress.js';
import { batchesUpTo, type Feed, type PartitionEnd } from './feed-shadow.js';
import type { ShadowWriter } from './shadow-writer.js';

const BATCH_RECORDS = 1_000;

/**
 * Reads the events of one application and its loan into the shadow. All events of a key are in one partition of each topic, so that a twelfth of the log
 * is read, and of that only what has the key is handled.
 */
export class ApplicationFeed implements Feed {
  readonly #read = new Map<string, bigint>();
  readonly #partitions = new Map<string, number>();
  readonly #keys: Set<string>;

  constructor(
    private readonly log: EventLog,
    private readonly writer: ShadowWriter,
    private readonly progress: Progress,
    applicationId: string,
  ) {
    this.#keys = new Set([applicationId]);
  }

  remaining(ends: readonly PartitionEnd[]): number {
    const left = [...this.#keys].flatMap((key) =>
      ends.filter((place) => this.#holds(place, key)).map((place) => Number(place.end - this.#position(key, place))),
    );
    return left.reduce((sum, count) => sum + count, 0);
  }

  async readTo(ends: readonly PartitionEnd[]): Promise<void> {
    await this.writer.skipSetAside();
    for (const { topic } of ends) if (!this.#partitions.has(topic)) this.#partitions.set(topic, (await this.log.offsets(topic)).length);
    // A loan that an event names comes behind it in the set, and so is read too.
    for (const key of this.#keys) {
      for (const place of ends) if (this.#holds(place, key)) await this.#readKey(key, place);
    }
    await this.writer.refuseParked();
  }

  /** Whether the partition is the one of the key; before the first reading no partition is known to be. */
  #holds({ topic, partition }: PartitionEnd, key: string): boolean {
    const count = this.#partitions.get(topic);
    return count !== undefined && partition === partitionOf(key, count);
  }

  #position(key: string, { topic, partition }: PartitionEnd): bigint {
    return this.#read.get(`${key} ${topic} ${partition}`) ?? 0n;
  }

  async #readKey(key: string, place: PartitionEnd): Promise<void> {
    const { topic, partition, end } = place;
    const offset = this.#position(key, place);
    if (offset >= end) return;
    const ofKey = { end, batchRecords: BATCH_RECORDS, wanted: (record: StoredRecord) => record.key === key };
    for await (const batch of batchesUpTo(this.log, { topic, partition, offset }, ofKey)) {
      for (const loanId of batch.map(loanOf)) if (loanId !== undefined) this.#keys.add(loanId);
      await this.writer.give(batch);
      this.progress.total += batch.length;
      this.progress.add(batch.length);
    }
    this.#read.set(`${key} ${topic} ${partition}`, end);
  }
}

/** Loan that a record names; its events have it as their key. */
function loanOf({ value }: StoredRecord): string | undefined {
  try {
    const { loanId } = JSON.parse(value.toString('utf8')) as { loanId?: unknown };
    return typeof loanId === 'string' ? loanId : undefined;
  } catch {
    return undefined;
  }
}
