-- Records that a consumer passed over because they cannot be what they say: written by a service that does not own the topic, or about something that
-- was never ordered. The key goes on, nothing waits behind them; the log keeps the record itself.
create table refused_event (
  id         bigint generated always as identity primary key,
  consumer   text collate "C" not null,
  topic      text             not null,
  partition  integer          not null,
  "offset"   bigint           not null,
  key        text             not null,
  -- As the record says, which may be a lie or nothing.
  event_id   text             not null,
  type       text             not null,
  source     text             not null,
  reason_code text            not null check (reason_code ~ '^[A-Z][A-Z_]{2,59}$'),
  reason     text             not null,
  headers    jsonb            not null,
  refused_at timestamptz      not null default now(),
  -- Who has looked at it, and when; both empty until somebody has.
  seen_by    text,
  seen_at    timestamptz,
  check ((seen_by is null) = (seen_at is null)),
  unique (consumer, topic, partition, "offset", reason_code)
);

create index refused_event_unseen on refused_event (reason_code) where seen_at is null;
