-- What a lender has told a party in writing (notices to be delivered, reports to the credit bureau); one row an id, so that the same id is never taken in twice.
create table told_matter (
  party text not null,
  matter_id uuid not null,
  seq bigint generated always as identity unique,
  request_sha256 text not null,
  content jsonb not null,
  reference text not null,
  received_at timestamptz not null,
  -- Null where it is never settled.
  final_status text check (final_status in ('done', 'refused')),
  final_reason text,
  final_at timestamptz,
  primary key (party, matter_id),
  check ((final_status is null) = (final_at is null)),
  check ((final_status = 'refused') = (final_reason is not null))
);
