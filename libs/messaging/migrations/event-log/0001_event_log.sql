-- The log of the standalone runtime. A partition's counter row is locked while records are appended to it, so offsets become visible in
-- order: a reader that has seen offset n can never find a smaller one later.
create table topic_partition (
  topic text not null,
  partition int not null,
  next_offset bigint not null default 0,
  primary key (topic, partition)
);

create table record (
  topic text not null,
  partition int not null,
  "offset" bigint not null,
  key text not null,
  headers jsonb not null,
  value bytea not null,
  appended_at timestamptz not null default clock_timestamp(),
  primary key (topic, partition, "offset")
);

create table consumer_member (
  group_name text not null,
  member_id text not null,
  topics text[] not null,
  alive_until timestamptz not null,
  primary key (group_name, member_id)
);

-- owner and epoch fence a member that was away for too long; committed_offset is the next offset to be read.
create table consumer_partition (
  group_name text not null,
  topic text not null,
  partition int not null,
  owner text,
  epoch bigint not null default 0,
  committed_offset bigint,
  primary key (group_name, topic, partition)
);
