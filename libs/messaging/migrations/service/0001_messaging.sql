-- Columns as Debezium's outbox event router expects them (id, aggregatetype, aggregateid, type, payload), and what our relay needs beside.
create table outbox (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  aggregatetype text not null,
  aggregateid text not null,
  type text not null,
  payload bytea not null,
  headers jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  published_at timestamptz
);
create index outbox_unpublished on outbox (seq) where published_at is null;

create function notify_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify(tg_table_schema || '_outbox', '');
  return null;
end $$;
create trigger outbox_inserted after insert on outbox for each statement execute function notify_outbox();

-- An event that a consumer has handled (or parked); a second delivery finds its row and does nothing.
create table inbox (
  consumer text not null,
  event_id uuid not null,
  topic text not null,
  partition int not null,
  "offset" bigint not null,
  handled_at timestamptz not null default clock_timestamp(),
  primary key (consumer, event_id)
);

-- Events that could not be handled, and those of the same key behind them, in order (design §4.5).
create table parked_event (
  id bigint generated always as identity primary key,
  consumer text not null,
  topic text not null,
  partition int not null,
  "offset" bigint not null,
  key text not null,
  headers jsonb not null,
  value bytea not null,
  reason text not null,
  stack_sha256 text,
  attempts int not null,
  status text not null default 'parked' check (status in ('parked', 'retried', 'discarded')),
  parked_at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  resolved_by text,
  unique (consumer, topic, partition, "offset")
);
create index parked_event_open on parked_event (consumer, key, id) where status = 'parked';
