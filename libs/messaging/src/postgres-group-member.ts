import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { FencedError, type SubscribeOptions, type Subscription } from './event-log.js';
import { fairShares, type GroupMember } from './fair-shares.js';
import { HeldPartition, partitionName } from './held-partition.js';
import { PostgresLeases } from './postgres-leases.js';
import type { LogWatcher, PostgresListener } from './postgres-listener.js';
import { readNextOffsets, readRecords } from './postgres-records.js';

interface MemberOptions extends SubscribeOptions {
  readonly partitionCounts: ReadonlyMap<string, number>;
  readonly pollIntervalMs: number;
}

/** Signs of life within one session timeout, as Kafka's clients do it. */
const HEARTBEATS_PER_SESSION = 3;

/** One member of a consumer group: holds its fair share of partitions and hands their records over, batch by batch. */
export class PostgresGroupMember implements Subscription, LogWatcher {
  readonly #leases: PostgresLeases;
  readonly #memberId = randomUUID();
  /** In the order in which they get their turn. */
  readonly #held = new Map<string, HeldPartition>();
  readonly #batches = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #timers: NodeJS.Timeout[] = [];
  #coordinating: Promise<void> | undefined;
  #coordinateAgain = false;
  #running = 0;
  #stopped: Promise<void> | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly listener: PostgresListener,
    private readonly options: MemberOptions,
  ) {
    const { group, topics, sessionTimeoutMs } = options;
    this.#leases = new PostgresLeases(pool, { group, memberId: this.#memberId, topics, sessionTimeoutMs });
  }

  /** Joins the group; the first claim is done when it resolves. */
  async start(): Promise<void> {
    await this.#leases.prepare(this.options.startAt);
    this.listener.add(this);
    await this.#share();
    await this.#leases.announce();
    this.#timers = [
      setInterval(() => this.#coordinate(), this.options.sessionTimeoutMs / HEARTBEATS_PER_SESSION),
      setInterval(() => this.#poll(), this.options.pollIntervalMs),
    ];
  }

  assignments(): readonly { topic: string; partition: number }[] {
    return [...this.#held.values()].map(({ lease }) => ({ topic: lease.topic, partition: lease.partition }));
  }

  appended(topic: string, partitions: readonly number[]): void {
    for (const partition of partitions) {
      const held = this.#held.get(partitionName({ topic, partition }));
      if (held) held.waiting = true;
    }
    this.#pump();
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
    while (this.#batches.size > 0) await Promise.all(this.#batches);
    this.#timers.forEach((timer) => clearInterval(timer));
    await this.#coordinating;
    const leases = [...this.#held.values()].map((held) => held.lease);
    this.#held.clear();
    await this.#leases.leave(leases).catch(this.options.onError);
  }

  /** One cheap query finds what lost notifications would have told. */
  #poll(): void {
    readNextOffsets(this.pool, this.options.topics)
      .then((rows) => {
        for (const row of rows) {
          const held = this.#held.get(partitionName(row));
          if (held && row.next > held.position) held.waiting = true;
        }
        this.#pump();
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
    const held = [...this.#held.values()];
    const { members, renewed } = await this.#leases.heartbeat(held.map((partition) => partition.lease));
    held.filter((partition) => !renewed.has(partition.name)).forEach((partition) => this.#lose(partition));
    if (this.#stopping.signal.aborted) return;
    await this.#leaveSurplus(members);
    for (const [topic, share] of fairShares(this.#memberId, members, this.options.partitionCounts)) {
      const missing = share - this.#heldOf(topic).length;
      if (missing <= 0) continue;
      for (const { position, ...lease } of await this.#leases.claim(topic, missing)) {
        const partition = new HeldPartition(lease, position);
        this.#held.set(partition.name, partition);
      }
    }
    this.#pump();
  }

  async #leaveSurplus(members: readonly GroupMember[]): Promise<void> {
    for (const [topic, share] of fairShares(this.#memberId, members, this.options.partitionCounts)) {
      const staying = this.#heldOf(topic).filter((partition) => !partition.leaving);
      for (const partition of staying.slice(share)) partition.leaving = true;
    }
    await this.#releaseLeaving();
  }

  async #releaseLeaving(): Promise<void> {
    const leaving = [...this.#held.values()].filter((partition) => partition.leaving && !partition.busy);
    if (leaving.length === 0) return;
    leaving.forEach((partition) => this.#held.delete(partition.name));
    await this.#leases.release(leaving.map((partition) => partition.lease));
  }

  #heldOf(topic: string): HeldPartition[] {
    return [...this.#held.values()].filter((partition) => partition.lease.topic === topic);
  }

  #lose(partition: HeldPartition): void {
    partition.lost = true;
    if (this.#held.get(partition.name) === partition) this.#held.delete(partition.name);
  }

  /** Starts as many partitions as may run at once; the one that ran longest ago comes first. */
  #pump(): void {
    for (const partition of this.#held.values()) {
      if (this.#running >= this.options.concurrentPartitions || this.#stopping.signal.aborted) return;
      if (partition.runnable) this.#run(partition);
    }
  }

  #run(partition: HeldPartition): void {
    partition.busy = true;
    this.#running++;
    const batch = this.#handleBatch(partition)
      .catch(async (error: unknown) => {
        this.#running--;
        this.options.onError(error as Error);
        partition.ahead = [];
        partition.waiting = true;
        await delay(this.options.retryDelayMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
        this.#running++;
      })
      .then(async () => {
        partition.busy = false;
        this.#running--;
        this.#batches.delete(batch);
        if (partition.leaving) await this.#releaseLeaving().catch(this.options.onError);
        this.#pump();
      });
    this.#batches.add(batch);
  }

  async #handleBatch(partition: HeldPartition): Promise<void> {
    const { topic, partition: number } = partition.lease;
    const { maxBatchRecords, onBatch } = this.options;
    partition.waiting = false;
    const from = { topic, partition: number, offset: partition.position };
    const records = partition.ahead.length > 0 ? partition.ahead : await readRecords(this.pool, from, maxBatchRecords);
    partition.ahead = [];
    if (records.length === 0) return;
    await onBatch({ topic, partition: number, records });
    const next = records.at(-1)!.offset + 1n;
    const limit = partition.leaving || this.#stopping.signal.aborted ? 0 : maxBatchRecords;
    const ahead = await this.#leases.commitAndRead(partition.lease, next, limit);
    if (!ahead) {
      this.#lose(partition);
      this.#coordinate();
      throw new FencedError(`${this.options.group} lost ${partition.name} to another member; offset ${next} was not committed`);
    }
    partition.position = next;
    partition.ahead = ahead;
    this.#moveToBack(partition);
  }

  #moveToBack(partition: HeldPartition): void {
    if (this.#held.get(partition.name) !== partition) return;
    this.#held.delete(partition.name);
    this.#held.set(partition.name, partition);
  }
}
