-- Messaging tables of one service: run with search_path = the service's schema, as the role that owns it.

-- Columns as Debezium's outbox event router expects them (id, aggregatetype, aggregateid, type, payload), so that change data capture can take over.
-- No foreign keys: deleting a business row must never delete an event that was not sent yet.
create table outbox (
  seq           bigint generated always as identity primary key,
  id            uuid        not null,
  aggregatetype text        not null,
  aggregateid   text        not null,
  type          text        not null,
  topic         text        not null,
  headers       jsonb       not null,
  payload       text        not null,
  created_at    timestamptz not null default clock_timestamp(),
  published_at  timestamptz
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

create index outbox_unpublished on outbox (seq) where published_at is null;

-- Wakes the relay at commit; PostgreSQL folds equal notifications of one transaction into one.
create function notify_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('outbox:' || tg_table_schema, '');
  return null;
end;
$$;

create trigger outbox_inserted after insert on outbox for each statement execute function notify_outbox();

-- An event handled, parked or discarded by a consumer; a second delivery finds its row and does nothing.
create table inbox (
  consumer   text collate "C" not null,
  event_id   uuid             not null,
  topic      text             not null,
  partition  integer          not null,
  "offset"   bigint           not null,
  handled_at timestamptz      not null default now(),
  primary key (consumer, event_id)
);

-- Events that could not be handled, and the later ones of their key, in order of `id` (design §4.5).
create table parked_event (
  id         bigint generated always as identity primary key,
  consumer   text collate "C" not null,
  event_id   uuid             not null,
  -- Empty for a record without a key, which nothing waits behind.
  key        text             not null,
  type       text             not null,
  topic      text             not null,
  partition  integer          not null,
  "offset"   bigint           not null,
  headers    jsonb            not null,
  value      bytea            not null,
  reason     text             not null,
  -- Same for the same place of failure; null for an event that waits behind another.
  stack_hash text,
  attempts   integer          not null,
  status     text             not null default 'parked' check (status in ('parked', 'retried', 'discarded')),
  parked_at  timestamptz      not null default now(),
  changed_at timestamptz      not null default now(),
  -- Who retried or discarded it.
  changed_by text,
  unique (consumer, event_id)
);

create index parked_event_waiting on parked_event (consumer, key, id) where status = 'parked';
