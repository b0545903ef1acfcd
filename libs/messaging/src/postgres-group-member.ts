import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { FencedError, type SubscribeOptions, type Subscription } from './event-log.js';
import { fairShares, type GroupMember } from './fair-shares.js';
import { HeldPartition } from './held-partition.js';
import { PartitionLanes, partitionName, takeRecords } from './partition-lanes.js';
import { PostgresLeases } from './postgres-leases.js';
import type { LogWatcher, PostgresListener } from './postgres-listener.js';
import { readFromEach, readNextOffsets } from './postgres-records.js';
import { heartbeatIntervalMs, silenceMs } from './session.js';

interface MemberOptions extends SubscribeOptions {
  readonly partitionCounts: ReadonlyMap<string, number>;
  readonly pollIntervalMs: number;
}

/** One member of a consumer group: holds its fair share of partitions and hands their records over, batch by batch. */
export class PostgresGroupMember implements Subscription, LogWatcher {
  readonly #leases: PostgresLeases;
  readonly #memberId = randomUUID();
  readonly #stopping = new AbortController();
  readonly #held: PartitionLanes<HeldPartition>;
  #timers: NodeJS.Timeout[] = [];
  #coordinating: Promise<void> | undefined;
  #coordinateAgain = false;
  #stopped: Promise<void> | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly listener: PostgresListener,
    private readonly options: MemberOptions,
  ) {
    const { group, topics, sessionTimeoutMs, concurrentBatches, retryDelayMs, onError } = options;
    this.#held = new PartitionLanes({
      lanes: concurrentBatches,
      retryDelayMs,
      stopping: this.#stopping.signal,
      handle: (partitions) => this.#handle(partitions),
      onIdle: () => this.#releaseLeaving(),
      onError,
    });
    this.#leases = new PostgresLeases(pool, { group, memberId: this.#memberId, topics, silenceMs: silenceMs(sessionTimeoutMs) });
  }

  /** Joins the group; the first claim is done when it resolves. */
  async start(): Promise<void> {
    await this.#leases.prepare(this.options.startAt);
    this.listener.add(this);
    await this.#share();
    await this.#leases.announce();
    this.#timers = [
      setInterval(() => this.#coordinate(), heartbeatIntervalMs(this.options.sessionTimeoutMs)),
      setInterval(() => this.#poll(), this.options.pollIntervalMs),
    ];
  }

  assignments(): readonly { topic: string; partition: number }[] {
    return this.#held.all().map(({ lease }) => ({ topic: lease.topic, partition: lease.partition }));
  }

  appended(topic: string, partitions: readonly number[]): void {
    for (const partition of partitions) {
      const held = this.#held.get(partitionName({ topic, partition }));
      if (held) held.waiting = true;
    }
    this.#held.pump();
  }

  groupChanged(group: string): void {
    if (group === this.options.group) this.#coordinate();
  }

  reconnected(): void {
    this.#poll();
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    this.listener.remove(this);
    // Heartbeats go on while the last batches end, or a long one would be taken away in the middle.
    await this.#held.idle();
    this.#timers.forEach((timer) => clearInterval(timer));
    await this.#coordinating;
    const held = this.#held.all();
    held.forEach((partition) => this.#held.remove(partition));
    await this.#leases.leave(held.map(({ lease }) => lease)).catch(this.options.onError);
  }

  /** One cheap query finds what lost notifications would have told. */
  #poll(): void {
    readNextOffsets(this.pool, this.options.topics)
      .then((rows) => {
        for (const row of rows) {
          const held = this.#held.get(partitionName(row));
          if (held && row.next > held.position) held.waiting = true;
        }
        this.#held.pump();
      })
      .catch(this.options.onError);
  }

  #coordinate(): void {
    if (this.#coordinating) {
      this.#coordinateAgain = true;
      return;
    }
    this.#coordinating = this.#share()
      .catch(this.options.onError)
      .finally(() => {
        this.#coordinating = undefined;
        if (!this.#coordinateAgain) return;
        this.#coordinateAgain = false;
        if (!this.#stopping.signal.aborted) this.#coordinate();
      });
  }

  /** Renews the leases, gives back what is over this member's share and claims what is free under it. */
  async #share(): Promise<void> {
    const held = this.#held.all();
    const { members, renewed } = await this.#leases.heartbeat(held.map((partition) => partition.lease));
    held.filter((partition) => !renewed.has(partition.name)).forEach((partition) => this.#held.lose(partition));
    if (this.#stopping.signal.aborted) return;
    await this.#leaveSurplus(members);
    for (const [topic, share] of fairShares(this.#memberId, members, this.options.partitionCounts)) {
      const missing = share - this.#heldOf(topic).length;
      if (missing <= 0) continue;
      for (const { position, ...lease } of await this.#leases.claim(topic, missing)) {
        this.#held.add(new HeldPartition(lease, position));
      }
    }
    this.#held.pump();
  }

  async #leaveSurplus(members: readonly GroupMember[]): Promise<void> {
    for (const [topic, share] of fairShares(this.#memberId, members, this.options.partitionCounts)) {
      const staying = this.#heldOf(topic).filter((partition) => !partition.leaving);
      for (const partition of staying.slice(share)) partition.leaving = true;
    }
    await this.#releaseLeaving();
  }

  async #releaseLeaving(): Promise<void> {
    const leaving = this.#held.all().filter((partition) => partition.leaving && !partition.busy);
    if (leaving.length === 0) return;
    leaving.forEach((partition) => this.#held.remove(partition));
    await this.#leases.release(leaving.map((partition) => partition.lease));
  }

  #heldOf(topic: string): HeldPartition[] {
    return this.#held.all().filter((partition) => partition.lease.topic === topic);
  }

  async #handle(partitions: readonly HeldPartition[]): Promise<void> {
    const { maxBatchRecords, onBatch } = this.options;
    try {
      await this.#read(partitions.filter(({ ahead }) => ahead.length === 0));
      const taken = takeRecords(partitions, ({ ahead }) => ahead, maxBatchRecords);
      if (taken.length === 0) return;
      await onBatch({ records: taken.flatMap(({ records }) => records) });
      await this.#commit(taken.map(({ partition, records }) => ({ partition, next: records.at(-1)!.offset + 1n })));
    } catch (error) {
      for (const partition of partitions) this.#readAgain(partition);
      throw error;
    }
  }

  async #read(partitions: readonly HeldPartition[]): Promise<void> {
    if (partitions.length === 0) return;
    for (const partition of partitions) partition.waiting = false;
    const from = partitions.map(({ lease: { topic, partition }, position: offset }) => ({ topic, partition, offset }));
    const records = await readFromEach(this.pool, from, this.#limit(partitions.length));
    for (const partition of partitions) partition.ahead = records.get(partition.name) ?? [];
  }

  /** Commits, and reads on from there. */
  async #commit(done: readonly { partition: HeldPartition; next: bigint }[]): Promise<void> {
    const offsets = done.map(({ partition: { lease }, next }) => ({ lease, next }));
    for (const { partition } of done) partition.waiting = false;
    const ahead = await this.#leases.commitAndRead(offsets, this.#stopping.signal.aborted ? 0 : this.#limit(done.length));
    for (const { partition, next } of done) {
      const records = ahead.get(partition.name);
      if (!records) {
        this.#held.lose(partition);
        continue;
      }
      partition.position = next;
      partition.ahead = partition.leaving ? [] : records;
    }
    const lost = done.filter(({ partition }) => partition.lost);
    if (lost.length === 0) return;
    this.#coordinate();
    const places = lost.map(({ partition, next }) => `${partition.name}@${next}`).join(', ');
    throw new FencedError(`${this.options.group} lost partitions to another member; these offsets were not committed: ${places}`);
  }

  #readAgain(partition: HeldPartition): void {
    partition.ahead = [];
    partition.waiting = true;
  }

  /** Records to read of each partition, so that together they are about a batch. */
  #limit(partitions: number): number {
    return Math.max(1, Math.floor(this.options.maxBatchRecords / partitions));
  }
}
