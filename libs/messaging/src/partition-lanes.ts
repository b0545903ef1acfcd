import { setTimeout as delay } from 'node:timers/promises';

/** Names a partition within a log. */
export function partitionName({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic} ${partition}`;
}

/** A partition that a member of a consumer group holds. */
export interface LanePartition {
  /** As {@link partitionName} has it. */
  readonly name: string;
  readonly partition: number;
  /** There is something to do, and nothing is under way. */
  readonly runnable: boolean;
  /** A batch is being handled, or waits to be tried again. */
  busy: boolean;
  /** Not held any more: whatever still runs will not be committed. */
  lost: boolean;
}

/** How a member goes about its partitions. */
export interface LanesOptions<P> {
  /** Batches under way at once; the partitions of one number, whatever their topics, share a lane. */
  readonly lanes: number;
  /** Wait before the partitions of a failed batch have their next turn. */
  readonly retryDelayMs: number;
  readonly stopping: AbortSignal;
  /** Reads, hands over and commits for all of them together. */
  readonly handle: (partitions: readonly P[]) => Promise<void>;
  /** Called when the partitions of a batch are not busy any more. */
  readonly onIdle: () => Promise<void>;
  /** Told of a failed batch. */
  readonly onError: (error: Error) => void;
}

/**
 * The partitions of one member, handled lane by lane: what has come in for a lane while its last batch ran is one batch, so that batches, and with
 * them the events of a transaction, grow with the load. As a key has the same partition number in every topic, two batches that run at once are about different keys.
 */
export class PartitionLanes<P extends LanePartition> {
  /** In the order in which they get their turn. */
  readonly #held = new Map<string, P>();
  readonly #busyLanes = new Set<number>();
  readonly #batches = new Set<Promise<void>>();

  constructor(private readonly options: LanesOptions<P>) {}

  get(name: string): P | undefined {
    return this.#held.get(name);
  }

  /** All that are held, as a list that later changes leave alone. */
  all(): P[] {
    return [...this.#held.values()];
  }

  add(partition: P): void {
    this.#held.set(partition.name, partition);
  }

  /** Takes a partition out that goes to another member; a batch of it that runs is not committed. */
  lose(partition: P): void {
    partition.lost = true;
    if (this.#held.get(partition.name) === partition) this.#held.delete(partition.name);
  }

  /** Takes an idle partition out that is given back. */
  remove(partition: P): void {
    this.#held.delete(partition.name);
  }

  /** Resolves when no batch runs; none begins any more where the member stops. */
  async idle(): Promise<void> {
    while (this.#batches.size > 0) await Promise.all(this.#batches);
  }

  /** Starts every lane that has something to do and does nothing. */
  pump(): void {
    if (this.options.stopping.aborted) return;
    const runnable = Map.groupBy(this.#runnable(), ({ partition }) => partition % this.options.lanes);
    for (const [lane, partitions] of runnable) if (!this.#busyLanes.has(lane)) this.#run(lane, partitions);
  }

  *#runnable(): Iterable<P> {
    for (const partition of this.#held.values()) if (partition.runnable) yield partition;
  }

  #run(lane: number, partitions: readonly P[]): void {
    this.#busyLanes.add(lane);
    for (const partition of partitions) partition.busy = true;
    const batch = this.#handle(lane, partitions).then(() => {
      this.#batches.delete(batch);
      this.pump();
    });
    this.#batches.add(batch);
  }

  async #handle(lane: number, partitions: readonly P[]): Promise<void> {
    const { handle, onIdle, onError, retryDelayMs, stopping } = this.options;
    try {
      await handle(partitions);
      partitions.forEach((partition) => this.#moveToBack(partition));
      this.#busyLanes.delete(lane);
    } catch (error) {
      onError(error as Error);
      // Partitions that did not fail go on meanwhile.
      this.#busyLanes.delete(lane);
      this.pump();
      if (partitions.some(({ lost }) => !lost)) await delay(retryDelayMs, undefined, { signal: stopping }).catch(() => undefined);
    }
    for (const partition of partitions) partition.busy = false;
    await onIdle().catch(onError);
  }

  #moveToBack(partition: P): void {
    if (this.#held.get(partition.name) !== partition) return;
    this.#held.delete(partition.name);
    this.#held.set(partition.name, partition);
  }
}

/**
 * Shares a batch's records out among partitions in their turn.
 * @param limit most records together
 */
export function takeRecords<P, R>(partitions: readonly P[], aheadOf: (partition: P) => readonly R[], limit: number): { partition: P; records: readonly R[] }[] {
  const taken: { partition: P; records: readonly R[] }[] = [];
  let left = limit;
  for (const partition of partitions) {
    if (left === 0) break;
    const records = aheadOf(partition).slice(0, left);
    if (records.length > 0) taken.push({ partition, records });
    left -= records.length;
  }
  return taken;
}
