-- The event log on PostgreSQL: run with search_path = event_log, as the role that owns the schema.

-- Next offset of every partition. An append locks this row until its commit, so offsets of a partition become visible in order and without gaps:
-- a reader that asks for "everything from offset n" can never pass a row whose transaction commits late.
create table topic_partition (
  topic       text collate "C" not null,
  partition   integer          not null check (partition >= 0),
  next_offset bigint           not null default 0,
  primary key (topic, partition)
) with (fillfactor = 50);

create table record (
  topic       text collate "C" not null,
  partition   integer          not null,
  "offset"    bigint           not null,
  key         text             not null,
  headers     jsonb            not null,
  value       bytea            not null,
  -- Taken under the partition's lock, so it rises with the offset and a time can be found by halving.
  appended_at timestamptz      not null default clock_timestamp(),
  primary key (topic, partition, "offset")
);

create table consumer_member (
  group_name         text collate "C" not null,
  member_id          uuid             not null,
  topics             text[]           not null,
  last_seen          timestamptz      not null,
  session_timeout_ms integer          not null check (session_timeout_ms > 0),
  primary key (group_name, member_id)
);

-- Who may read a partition for a group. Every change of owner raises the epoch; a commit under an old epoch changes no row.
create table consumer_partition (
  group_name       text collate "C" not null,
  topic            text collate "C" not null,
  partition        integer          not null,
  owner            uuid,
  epoch            bigint           not null default 0,
  lease_until      timestamptz,
  committed_offset bigint,
  primary key (group_name, topic, partition)
) with (fillfactor = 50);
