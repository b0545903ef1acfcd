-- Who may ask for a token. Secrets are kept as salted scrypt hashes only.
create table client (
  client_id text primary key,
  secret_hash text not null,
  kind text not null check (kind in ('partner', 'staff')),
  tenant_id text not null,
  partner_id text,
  roles text[] not null,
  check ((kind = 'partner') = (partner_id is not null))
);

-- Whose an application is; the read model checks it by itself and asks no service (R-OP-06).
create table application_owner (
  application_id uuid primary key,
  tenant_id text not null,
  partner_id text not null
);

-- Read model: every step of an application and its loan, one row a fact. Everything in it comes from the log, so that it can be rebuilt to the same content.
create table timeline_entry (
  event_id uuid primary key,
  -- A fact published twice under two event ids is still one step.
  fact_sha256 text not null unique,
  application_id uuid not null,
  loan_id uuid,
  type text not null,
  title text not null,
  reasons jsonb not null,
  actor_kind text not null,
  actor_id text not null,
  causation_id text not null,
  occurred_at timestamptz not null,
  topic text not null,
  log_partition int not null,
  log_offset bigint not null
);
create index timeline_entry_application on timeline_entry (application_id, occurred_at desc);
create index timeline_entry_loan on timeline_entry (loan_id, occurred_at desc) where loan_id is not null;
