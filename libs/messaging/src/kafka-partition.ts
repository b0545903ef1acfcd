import type { StoredRecord } from './event-log.js';
import { partitionName, type LanePartition } from './partition-lanes.js';

/** Read ahead of one partition ends here, and goes on below half of it. */
const MAX_AHEAD_BYTES = 4 * 1_048_576;
const MAX_AHEAD_BATCHES = 8;

/** A partition that this member holds: what was read ahead, and where its work stands. */
export class KafkaPartition implements LanePartition {
  #ahead: StoredRecord[] = [];
  #aheadBytes = 0;
  #gapSeenAt: bigint | undefined;
  /** Next offset to be fetched; unknown until the group's offset has been asked for. */
  fetchFrom: bigint | undefined;
  busy = false;
  lost = false;
  /** The fetch leaves it out until there is room. */
  paused = false;

  constructor(
    readonly topic: string,
    readonly partition: number,
    private readonly maxBatchRecords: number,
  ) {}

  get name(): string {
    return partitionName(this);
  }

  get runnable(): boolean {
    return this.#ahead.length > 0 && !this.busy && !this.lost;
  }

  get isFull(): boolean {
    return this.#ahead.length >= MAX_AHEAD_BATCHES * this.maxBatchRecords || this.#aheadBytes >= MAX_AHEAD_BYTES;
  }

  get hasRoom(): boolean {
    return this.#ahead.length < (MAX_AHEAD_BATCHES / 2) * this.maxBatchRecords && this.#aheadBytes < MAX_AHEAD_BYTES / 2;
  }

  /**
   * Takes what was fetched from an offset on. False where it does not continue what is here, e.g. a fetch from before a rebalance: it has to be
   * made again. Where the same gap shows twice, there are only markers of a foreign producer's transactions in it, which the client leaves out.
   */
  receive(fetchedFrom: bigint, records: readonly StoredRecord[], lastOffset: bigint): boolean {
    if (this.fetchFrom === undefined) return false;
    if (fetchedFrom !== this.fetchFrom && (fetchedFrom < this.fetchFrom || this.#gapSeenAt !== this.fetchFrom)) {
      this.#gapSeenAt = this.fetchFrom;
      return false;
    }
    for (const record of records) {
      this.#ahead.push(record);
      this.#aheadBytes += record.value.length;
    }
    this.fetchFrom = lastOffset + 1n;
    return true;
  }

  /** What was read ahead; it stays here until {@link done}, so that a failed batch comes again. */
  get ahead(): readonly StoredRecord[] {
    return this.#ahead;
  }

  /** These, the first of those ahead, are committed. */
  done(records: readonly StoredRecord[]): void {
    this.#ahead.splice(0, records.length);
    for (const record of records) this.#aheadBytes -= record.value.length;
  }
}
