import { setTimeout as delay } from 'node:timers/promises';
import { FencedError, type PartitionOffsets, type StoredRecord, type SubscribeOptions, type Subscription } from './event-log.js';
import { isBetweenAssignments, isCoordinatorAway, isFencedMember, isOutOfTries } from './kafka-errors.js';
import { JoinedCalls } from './joined-calls.js';
import { KafkaPartition } from './kafka-partition.js';
import { PartitionLanes, partitionName, takeRecords } from './partition-lanes.js';
import type { PartitionsByTopic } from './sticky-assignment.js';

export interface PartitionPlace {
  readonly topic: string;
  readonly partition: number;
}

/** A partition, and the offset that a member goes on at. */
export interface NextOffset extends PartitionPlace {
  readonly next: bigint;
}

/** What the client tells the member; called while it fetches, so nothing here waits. */
export interface GroupEvents {
  /** Partitions to be told to the group at the next join, so that they stay where they are. */
  held(): PartitionsByTopic;
  rebalancing(): void;
  joined(memberId: string, assigned: Readonly<PartitionsByTopic>): void;
  /** `lastOffset` is the last one that the fetch has dealt with, records or not. */
  received(place: PartitionPlace, fetchedFrom: bigint, records: readonly StoredRecord[], lastOffset: bigint): void;
  /** The client gave up; it is not running any more. */
  crashed(error: Error): void;
}

/** One run of the client as a member of a group. */
export interface GroupConnection {
  /** Joins the group; throws where the client gave up at once. */
  start(): Promise<void>;
  /** Offsets of a topic's partitions, with what the group has committed. */
  offsets(topic: string): Promise<readonly PartitionOffsets[]>;
  /** Commits the next offsets to read, all in one request. */
  commit(offsets: readonly NextOffset[]): Promise<void>;
  seek(place: PartitionPlace, offset: bigint): void;
  pause(place: PartitionPlace): void;
  resume(place: PartitionPlace): void;
  /** Leaves the group and ends the connections. */
  stop(): Promise<void>;
}

/** What is done of a partition that is held, as far as the next offset to be read. */
interface Progress {
  readonly partition: KafkaPartition;
  readonly next: bigint;
}

const MAX_REJOIN_WAIT_SESSIONS = 3;
/** Tries of a first join, `retryDelayMs` apart. */
const MAX_FIRST_JOINS = 30;

/**
 * One member of a consumer group. The client only fetches ahead; batches are handled here, so that a long or failed one holds up neither the other
 * partitions nor the heartbeats, and a partition that stays in a rebalance goes on where it was.
 */
export class KafkaGroupMember implements Subscription, GroupEvents {
  readonly #stopping = new AbortController();
  readonly #held: PartitionLanes<KafkaPartition>;
  /** Lanes that are done at the same time share a request: the broker takes one after the other, some milliseconds each. */
  readonly #commits = new JoinedCalls<Progress>((done) => this.#commitHeld(done));
  #connection: GroupConnection | undefined;
  #memberId: string | undefined;
  #locating: Promise<void> = Promise.resolve();
  /** Resolves with the next join; there while the group is between two assignments. */
  #rejoining: PromiseWithResolvers<void> | undefined;
  #restarting: Promise<void> | undefined;
  #joins = 0;
  #stopped: Promise<void> | undefined;

  constructor(
    private readonly connect: (events: GroupEvents) => GroupConnection,
    private readonly options: SubscribeOptions,
  ) {
    const { concurrentBatches, retryDelayMs, onError } = options;
    this.#held = new PartitionLanes({
      lanes: concurrentBatches,
      retryDelayMs,
      stopping: this.#stopping.signal,
      handle: (partitions) => this.#handle(partitions),
      onIdle: async () => undefined,
      onError,
    });
  }

  /** Joins the group; the first partitions are held, and where they begin is fixed, when it resolves. */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      this.#connection = this.connect(this);
      try {
        await this.#connection.start();
        break;
      } catch (error) {
        // A new cluster still makes the books of its groups when the first members come, and many that come at once deal a group anew again and again.
        if (!(isCoordinatorAway(error) || isOutOfTries(error)) || attempt === MAX_FIRST_JOINS) throw error;
        this.options.onError(error as Error);
        await this.#connection.stop();
        await delay(this.options.retryDelayMs);
      }
    }
    await this.#locating;
  }

  assignments(): readonly { topic: string; partition: number }[] {
    return this.#held.all().map(({ topic, partition }) => ({ topic, partition }));
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    // The client goes on with its heartbeats while the last batches end, or a long one would be taken away in the middle.
    await this.#held.idle();
    await this.#restarting;
    await this.#connection?.stop().catch(this.options.onError);
    this.#loseAll();
  }

  held(): PartitionsByTopic {
    const byTopic: PartitionsByTopic = {};
    for (const { topic, partition } of this.#held.all()) (byTopic[topic] ??= []).push(partition);
    return byTopic;
  }

  rebalancing(): void {
    this.#rejoining ??= Promise.withResolvers();
  }

  joined(memberId: string, assigned: Readonly<PartitionsByTopic>): void {
    // Under another id the group has been without this member, and others may have been where it was.
    if (memberId !== this.#memberId) this.#loseAll();
    this.#memberId = memberId;
    for (const partition of this.#held.all()) if (!assigned[partition.topic]?.includes(partition.partition)) this.#held.lose(partition);
    for (const [topic, partitions] of Object.entries(assigned)) {
      for (const number of partitions) {
        const partition = new KafkaPartition(topic, number, this.options.maxBatchRecords);
        if (!this.#held.get(partition.name)) this.#held.add(partition);
      }
    }
    for (const partition of this.#held.all()) {
      if (partition.fetchFrom !== undefined) this.#connection?.seek(partition, partition.fetchFrom);
      // The client remembers a pause from an earlier time of holding it.
      if (!partition.paused) this.#connection?.resume(partition);
    }
    this.#joins++;
    this.#endRebalance();
    this.#locating = this.#locate();
    this.#held.pump();
  }

  received(place: PartitionPlace, fetchedFrom: bigint, records: readonly StoredRecord[], lastOffset: bigint): void {
    const partition = this.#held.get(partitionName(place));
    if (!partition) return;
    if (!partition.receive(fetchedFrom, records, lastOffset)) {
      if (partition.fetchFrom !== undefined) this.#connection?.seek(partition, partition.fetchFrom);
      return;
    }
    if (partition.isFull) this.#setPaused(partition, true);
    this.#held.pump();
  }

  crashed(error: Error): void {
    this.options.onError(error);
    this.#loseAll();
    this.#endRebalance();
    if (this.#memberId === undefined || this.#stopping.signal.aborted) return;
    this.#restarting ??= this.#restart().finally(() => (this.#restarting = undefined));
  }

  /** A new run of the client after it gave up; it is tried until it succeeds or the member is stopped. */
  async #restart(): Promise<void> {
    for (;;) {
      await delay(this.options.retryDelayMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#stopping.signal.aborted) return;
      try {
        await this.#connection?.stop();
        this.#connection = this.connect(this);
        await this.#connection.start();
        return;
      } catch (error) {
        this.options.onError(error as Error);
      }
    }
  }

  /** Finds where new partitions go on; what the client fetched before that is fetched again. */
  async #locate(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const unknown = this.#held.all().filter(({ fetchFrom }) => fetchFrom === undefined);
      if (unknown.length === 0) return;
      try {
        for (const [topic, ofTopic] of Map.groupBy(unknown, (partition) => partition.topic)) {
          const offsets = await this.#connection!.offsets(topic);
          for (const partition of ofTopic) await this.#beginAt(partition, offsets[partition.partition]!);
        }
      } catch (error) {
        this.options.onError(error as Error);
        await delay(this.options.retryDelayMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      }
    }
  }

  async #beginAt(partition: KafkaPartition, { earliest, next, committed }: PartitionOffsets): Promise<void> {
    const atEnd = committed === undefined && this.options.startAt === 'latest';
    // Where the end was must be remembered before records come, or the next member would begin behind them.
    if (atEnd) await this.#connection!.commit([{ topic: partition.topic, partition: partition.partition, next }]);
    if (partition.lost || partition.fetchFrom !== undefined) return;
    partition.fetchFrom = committed ?? (atEnd ? next : earliest);
    this.#connection!.seek(partition, partition.fetchFrom);
  }

  #endRebalance(): void {
    this.#rejoining?.resolve();
    this.#rejoining = undefined;
  }

  #setPaused(partition: KafkaPartition, paused: boolean): void {
    partition.paused = paused;
    if (paused) this.#connection?.pause(partition);
    else this.#connection?.resume(partition);
  }

  #loseAll(): void {
    for (const partition of this.#held.all()) this.#held.lose(partition);
  }

  async #handle(partitions: readonly KafkaPartition[]): Promise<void> {
    const taken = takeRecords(partitions, ({ ahead }) => ahead, this.options.maxBatchRecords);
    await this.options.onBatch({ records: taken.flatMap(({ records }) => records) });
    await this.#commit(taken.map(({ partition, records }) => ({ partition, next: records.at(-1)!.offset + 1n })));
    for (const { partition, records } of taken) {
      partition.done(records);
      if (partition.paused && partition.hasRoom && !partition.lost) this.#setPaused(partition, false);
    }
    if (taken.some(({ partition }) => partition.lost)) throw this.#fenced(taken.map(({ partition }) => partition));
  }

  /** Commits the next offsets to read, in a rebalance after it: partitions that stay with this member are none the worse for it. */
  async #commit(done: readonly Progress[]): Promise<void> {
    const deadline = performance.now() + MAX_REJOIN_WAIT_SESSIONS * this.options.sessionTimeoutMs;
    while (performance.now() < deadline) {
      await this.#rejoined(deadline);
      const held = done.filter(({ partition }) => !partition.lost);
      if (held.length === 0) break;
      const joins = this.#joins;
      try {
        return await this.#commits.add(held);
      } catch (error) {
        if (isFencedMember(error)) this.#loseAll();
        else if (!isBetweenAssignments(error)) throw error;
        else if (joins === this.#joins) this.rebalancing();
      }
    }
    const partitions = done.map(({ partition }) => partition);
    partitions.forEach((partition) => this.#held.lose(partition));
    throw this.#fenced(partitions);
  }

  /** A partition may have been lost while its commit waited for the one before: its new holder's offsets are not ours to change. */
  async #commitHeld(done: readonly Progress[]): Promise<void> {
    const held = done.filter(({ partition }) => !partition.lost);
    if (held.length > 0) await this.#connection!.commit(held.map(({ partition: { topic, partition }, next }) => ({ topic, partition, next })));
  }

  #fenced(partitions: readonly KafkaPartition[]): FencedError {
    const names = partitions.filter(({ lost }) => lost).map(({ name }) => name);
    return new FencedError(`${this.options.group} lost ${names.join(', ')} to another member; what was handled of it last was not committed`);
  }

  async #rejoined(deadline: number): Promise<void> {
    if (!this.#rejoining) return;
    const waited = new AbortController();
    const limit = delay(Math.max(0, deadline - performance.now()), undefined, { signal: waited.signal }).catch(() => undefined);
    await Promise.race([this.#rejoining.promise, limit]);
    waited.abort();
  }
}
