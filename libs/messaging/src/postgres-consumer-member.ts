import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { FencedError, type SubscribeOptions } from './event-log.js';
import type { PostgresListener } from './postgres-listener.js';
import { storedRecord, type RecordRow } from './postgres-record.js';

interface Assignment {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: bigint;
  /** Next offset to read. */
  next: bigint;
  /** Set while a batch is handled. */
  running?: Promise<void> | undefined;
  /** No earlier than this is a failed batch tried again. */
  notBefore: number;
}

const HEARTBEATS_PER_SESSION = 5;

// A member says it lives; the dead ones' partitions become free.
const HEARTBEAT = `
with me as (
  insert into consumer_member (group_name, member_id, topics, alive_until) values ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
  on conflict (group_name, member_id) do update set alive_until = excluded.alive_until
), dead as (
  delete from consumer_member where group_name = $1 and member_id <> $2 and alive_until < clock_timestamp() returning member_id
)
update consumer_partition set owner = null, epoch = epoch + 1 where group_name = $1 and owner in (select member_id from dead)`;

const KNOWN_PARTITIONS = `
insert into consumer_partition (group_name, topic, partition)
select $1, topic, partition from topic_partition where topic = any($2) on conflict do nothing`;

const SHARES = `
select p.topic, p.partition, p.owner, p.epoch, p.committed_offset,
  (select array_agg(member_id order by member_id) from consumer_member m where m.group_name = $1 and p.topic = any(m.topics)) as members
from consumer_partition p where p.group_name = $1 and p.topic = any($2) order by p.topic, p.partition`;

interface ShareRow {
  topic: string;
  partition: number;
  owner: string | null;
  epoch: string;
  committed_offset: string | null;
  members: string[] | null;
}

/** One member of a consumer group: heartbeats, takes its fair share of the partitions, and pumps batches from them. */
export class PostgresConsumerMember {
  readonly #id = randomUUID();
  readonly #pool: pg.Pool;
  readonly #listener: PostgresListener;
  readonly #options: SubscribeOptions;
  readonly #pollIntervalMs: number;
  readonly #held = new Map<string, Assignment>();
  #timers: NodeJS.Timeout[] = [];
  #unsubscribe: () => void = () => undefined;
  #stopping: Promise<void> | undefined;
  #rebalancing: Promise<void> | undefined;
  #pumping = false;
  #pumpAgain = false;
  #lastBeat = 0;

  constructor(pool: pg.Pool, listener: PostgresListener, options: SubscribeOptions, pollIntervalMs: number) {
    this.#pool = pool;
    this.#listener = listener;
    this.#options = options;
    this.#pollIntervalMs = pollIntervalMs;
  }

  async start(): Promise<void> {
    await this.#pool.query(KNOWN_PARTITIONS, [this.#options.group, this.#options.topics]);
    await this.#rebalance();
    this.#unsubscribe = this.#listener.subscribe(() => void this.#pump());
    this.#timers = [
      setInterval(() => void this.#beat(), this.#options.sessionTimeoutMs / HEARTBEATS_PER_SESSION),
      setInterval(() => void this.#pump(), this.#pollIntervalMs),
    ];
    void this.#pump();
  }

  assignments(): { topic: string; partition: number }[] {
    return [...this.#held.values()].map(({ topic, partition }) => ({ topic, partition }));
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#leave();
    return this.#stopping;
  }

  async #leave(): Promise<void> {
    this.#unsubscribe();
    this.#timers.forEach((timer) => clearInterval(timer));
    await this.#rebalancing?.catch(() => undefined);
    await Promise.allSettled([...this.#held.values()].map((assignment) => assignment.running));
    this.#held.clear();
    await this.#pool
      .query(
        `with gone as (delete from consumer_member where group_name = $1 and member_id = $2)
         update consumer_partition set owner = null, epoch = epoch + 1 where group_name = $1 and owner = $2`,
        [this.#options.group, this.#id],
      )
      .catch((error: Error) => this.#options.onError(error));
  }

  async #beat(): Promise<void> {
    if (this.#rebalancing || this.#stopping) return;
    // A process that was stopped for longer than the session has lost its partitions, whatever it still believes.
    if (this.#lastBeat && Date.now() - this.#lastBeat > this.#options.sessionTimeoutMs) this.#held.clear();
    this.#rebalancing = this.#rebalance()
      .catch((error: Error) => this.#options.onError(error))
      .finally(() => (this.#rebalancing = undefined));
    await this.#rebalancing;
    void this.#pump();
  }

  /** Heartbeat, then give back what is too much and claim what is free, up to the fair share. */
  async #rebalance(): Promise<void> {
    const { group, topics, sessionTimeoutMs } = this.#options;
    await this.#pool.query({ name: 'heartbeat', text: HEARTBEAT, values: [group, this.#id, topics, sessionTimeoutMs] });
    this.#lastBeat = Date.now();
    const { rows } = await this.#pool.query<ShareRow>({ name: 'shares', text: SHARES, values: [group, topics] });
    for (const row of rows) {
      const key = `${row.topic}/${row.partition}`;
      const mine = row.owner === this.#id;
      const held = this.#held.get(key);
      if (held && (!mine || BigInt(row.epoch) !== held.epoch)) this.#held.delete(key);
      const members = row.members ?? [];
      const wanted = members[row.partition % Math.max(members.length, 1)] === this.#id;
      if (mine && !wanted) await this.#release(key, row);
      else if (wanted && row.owner === null) await this.#claim(key, row);
      else if (mine && wanted && !this.#held.has(key)) this.#hold(key, row, BigInt(row.epoch));
    }
  }

  async #release(key: string, row: ShareRow): Promise<void> {
    const held = this.#held.get(key);
    this.#held.delete(key);
    await held?.running;
    await this.#pool.query('update consumer_partition set owner = null, epoch = epoch + 1 where group_name = $1 and topic = $2 and partition = $3 and owner = $4', [
      this.#options.group,
      row.topic,
      row.partition,
      this.#id,
    ]);
  }

  async #claim(key: string, row: ShareRow): Promise<void> {
    const claimed = await this.#pool.query<ShareRow>(
      `update consumer_partition set owner = $4, epoch = epoch + 1,
         committed_offset = coalesce(committed_offset, case when $5 then 0 else (select next_offset from topic_partition t where t.topic = $2 and t.partition = $3) end)
       where group_name = $1 and topic = $2 and partition = $3 and owner is null returning *`,
      [this.#options.group, row.topic, row.partition, this.#id, this.#options.startAt === 'earliest'],
    );
    const [mine] = claimed.rows;
    if (mine) this.#hold(key, mine, BigInt(mine.epoch));
  }

  #hold(key: string, row: ShareRow, epoch: bigint): void {
    this.#held.set(key, { topic: row.topic, partition: row.partition, epoch, next: BigInt(row.committed_offset ?? 0), notBefore: 0 });
  }

  /** Asks once for every idle partition what is new, and starts a batch for each that has something. */
  async #pump(): Promise<void> {
    if (this.#pumping) {
      this.#pumpAgain = true;
      return;
    }
    this.#pumping = true;
    try {
      do {
        this.#pumpAgain = false;
        await this.#startBatches();
      } while (this.#pumpAgain && !this.#stopping);
    } catch (error) {
      this.#options.onError(error as Error);
    } finally {
      this.#pumping = false;
    }
  }

  async #startBatches(): Promise<void> {
    if (this.#stopping) return;
    const now = Date.now();
    const all = [...this.#held.values()];
    const free = this.#options.concurrentPartitions - all.filter((assignment) => assignment.running).length;
    const idle = all.filter((assignment) => !assignment.running && assignment.notBefore <= now);
    if (free <= 0 || idle.length === 0) return;
    const { rows } = await this.#pool.query<RecordRow>({
      name: 'poll',
      text: `select r.* from unnest($1::text[], $2::int[], $3::bigint[]) as p(topic, partition, next)
             cross join lateral (select * from record where topic = p.topic and partition = p.partition and "offset" >= p.next order by "offset" limit $4) r`,
      values: [idle.map((a) => a.topic), idle.map((a) => a.partition), idle.map((a) => a.next), this.#options.maxBatchRecords],
    });
    const byPartition = Map.groupBy(rows, (row) => `${row.topic}/${row.partition}`);
    for (const [key, records] of [...byPartition].slice(0, free)) {
      const assignment = this.#held.get(key);
      if (assignment && !assignment.running && !this.#stopping) assignment.running = this.#handle(assignment, records);
    }
  }

  async #handle(assignment: Assignment, rows: readonly RecordRow[]): Promise<void> {
    const records = rows.map(storedRecord);
    try {
      await this.#options.onBatch({ topic: assignment.topic, partition: assignment.partition, records });
      await this.#commit(assignment, records.at(-1)!.offset + 1n);
    } catch (error) {
      if (error instanceof FencedError) this.#held.delete(`${assignment.topic}/${assignment.partition}`);
      else assignment.notBefore = Date.now() + this.#options.retryDelayMs;
      this.#options.onError(error as Error);
    } finally {
      assignment.running = undefined;
      const wait = Math.max(assignment.notBefore - Date.now(), 0);
      if (wait > 0) setTimeout(() => void this.#pump(), wait).unref();
      else void this.#pump();
    }
  }

  async #commit(assignment: Assignment, next: bigint): Promise<void> {
    const { rowCount } = await this.#pool.query({
      name: 'commit',
      text: 'update consumer_partition set committed_offset = $5 where group_name = $1 and topic = $2 and partition = $3 and owner = $4 and epoch = $6',
      values: [this.#options.group, assignment.topic, assignment.partition, this.#id, next, assignment.epoch],
    });
    if (rowCount === 0) throw new FencedError(`this member of ${this.#options.group} no longer holds ${assignment.topic}/${assignment.partition}`);
    assignment.next = next;
  }
}
