import type pg from 'pg';
import type { StoredRecord } from './event-log.js';
import type { GroupMember } from './fair-shares.js';
import { GROUP_CHANNEL } from './postgres-listener.js';
import { prepared } from './prepared-statement.js';
import { byPartition, RECORD_COLUMNS, type PlacedRow } from './postgres-records.js';

/** A lease on one partition; the epoch rises with every change of owner. */
export interface Lease {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: bigint;
}

/** Who holds leases, and for how many milliseconds without a sign of life. */
export interface LeaseHolder {
  readonly group: string;
  readonly memberId: string;
  readonly topics: readonly string[];
  readonly silenceMs: number;
}

const TIMEOUT = `$4 * interval '1 millisecond'`;

// One statement, so that a stopped process never holds a lock of the group; all times are the server's.
const HEARTBEAT = `
with me as (
  insert into event_log.consumer_member (group_name, member_id, topics, last_seen, session_timeout_ms) values ($1, $2, $3, now(), $4)
  on conflict (group_name, member_id) do update set last_seen = now()
), gone as (
  delete from event_log.consumer_member where (group_name, member_id) in (
    select group_name, member_id from event_log.consumer_member
    where group_name = $1 and member_id <> $2 and last_seen < now() - session_timeout_ms * interval '1 millisecond' for update skip locked)
), held as (
  select p.topic, p.partition from unnest($5::text[], $6::int[], $7::bigint[]) as h(topic, partition, epoch)
  join event_log.consumer_partition p on p.group_name = $1 and p.topic = h.topic and p.partition = h.partition and p.owner = $2 and p.epoch = h.epoch
  order by p.topic, p.partition for update of p
), renewed as (
  update event_log.consumer_partition p set lease_until = now() + ${TIMEOUT}
  from held h where p.group_name = $1 and p.topic = h.topic and p.partition = h.partition
  returning p.topic, p.partition
)
select coalesce((select json_agg(json_build_object('id', member_id, 'topics', topics)) from event_log.consumer_member
                 where group_name = $1 and member_id <> $2 and last_seen >= now() - session_timeout_ms * interval '1 millisecond'), '[]') as others,
       coalesce((select json_agg(topic || ' ' || partition) from renewed), '[]') as renewed`;

const CLAIM = `
with free as (
  select topic, partition from event_log.consumer_partition
  where group_name = $1 and topic = $3 and (owner is null or lease_until < now())
  order by partition limit $5 for update skip locked
)
update event_log.consumer_partition p set owner = $2, epoch = p.epoch + 1, lease_until = now() + ${TIMEOUT}
from free where p.group_name = $1 and p.topic = free.topic and p.partition = free.partition
returning p.topic, p.partition, p.epoch, coalesce(p.committed_offset, 0) as position`;

const RELEASE = `
with released as (
  update event_log.consumer_partition p set owner = null, lease_until = null
  from unnest($3::text[], $4::int[], $5::bigint[]) as h(topic, partition, epoch)
  where p.group_name = $1 and p.topic = h.topic and p.partition = h.partition and p.owner = $2 and p.epoch = h.epoch
)
select pg_notify('${GROUP_CHANNEL}', $1)`;

// The next batch comes with the commit of the last one: one round trip a batch. A lease without a row is lost. Rows are locked in the order of the
// heartbeat, which would otherwise meet this one in a deadlock.
const COMMIT_AND_READ = `
with held as (
  select p.topic, p.partition, h.next from unnest($3::text[], $4::int[], $5::bigint[], $6::bigint[]) as h(topic, partition, epoch, next)
  join event_log.consumer_partition p on p.group_name = $1 and p.topic = h.topic and p.partition = h.partition and p.owner = $2 and p.epoch = h.epoch
  order by p.topic, p.partition for update of p
), committed as (
  update event_log.consumer_partition p set committed_offset = h.next
  from held h where p.group_name = $1 and p.topic = h.topic and p.partition = h.partition
  returning p.topic, p.partition, h.next
)
select c.topic, c.partition, ${RECORD_COLUMNS} from committed c left join lateral (
  select * from event_log.record where topic = c.topic and partition = c.partition and "offset" >= c.next order by "offset" limit $7
) r on true order by c.topic, c.partition, r."offset"`;

function columns(leases: readonly Lease[]): unknown[] {
  return [leases.map((lease) => lease.topic), leases.map((lease) => lease.partition), leases.map((lease) => lease.epoch)];
}

/** The rows by which the members of a consumer group share partitions. */
export class PostgresLeases {
  constructor(
    private readonly pool: pg.Pool,
    private readonly holder: LeaseHolder,
  ) {}

  /** Makes the group's rows for new partitions; a group without an offset begins at the start or at the end of the log. */
  async prepare(startAt: 'earliest' | 'latest'): Promise<void> {
    await this.pool.query(
      `insert into event_log.consumer_partition (group_name, topic, partition, committed_offset)
       select $1, topic, partition, case when $3 then next_offset end from event_log.topic_partition where topic = any($2) on conflict do nothing`,
      [this.holder.group, this.holder.topics, startAt === 'latest'],
    );
  }

  /** Shows that this member lives, renews its leases, removes silent members. Answers the live ones and the leases still held (`topic partition`). */
  async heartbeat(held: readonly Lease[]): Promise<{ members: GroupMember[]; renewed: Set<string> }> {
    const { group, memberId, topics, silenceMs } = this.holder;
    const values = [group, memberId, topics, silenceMs, ...columns(held)];
    const { rows } = await this.pool.query<{ others: GroupMember[]; renewed: string[] }>(prepared(HEARTBEAT, values));
    return { members: [{ id: memberId, topics }, ...rows[0]!.others], renewed: new Set(rows[0]!.renewed) };
  }

  /** Takes up to `count` free partitions of a topic. */
  async claim(topic: string, count: number): Promise<(Lease & { position: bigint })[]> {
    const { group, memberId, silenceMs } = this.holder;
    type Row = { topic: string; partition: number; epoch: string; position: string };
    const { rows } = await this.pool.query<Row>(CLAIM, [group, memberId, topic, silenceMs, count]);
    return rows.map((row) => ({ topic: row.topic, partition: row.partition, epoch: BigInt(row.epoch), position: BigInt(row.position) }));
  }

  /** Gives leases back and tells the group, so that others take them at once. */
  async release(leases: readonly Lease[]): Promise<void> {
    await this.pool.query(RELEASE, [this.holder.group, this.holder.memberId, ...columns(leases)]);
  }

  /** Leaves the group. */
  async leave(leases: readonly Lease[]): Promise<void> {
    await this.pool.query('delete from event_log.consumer_member where group_name = $1 and member_id = $2', [this.holder.group, this.holder.memberId]);
    await this.release(leases);
  }

  /** Tells the group's members to look at their shares again. */
  async announce(): Promise<void> {
    await this.pool.query('select pg_notify($1, $2)', [GROUP_CHANNEL, this.holder.group]);
  }

  /** Commits the next offsets to read and reads up to `limit` records of each partition from there. A partition that is not in the answer is lost. */
  async commitAndRead(done: readonly { lease: Lease; next: bigint }[], limit: number): Promise<Map<string, StoredRecord[]>> {
    const values = [this.holder.group, this.holder.memberId, ...columns(done.map(({ lease }) => lease)), done.map(({ next }) => next), limit];
    const { rows } = await this.pool.query<PlacedRow>(prepared(COMMIT_AND_READ, values));
    return byPartition(rows);
  }
}
