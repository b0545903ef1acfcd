-- The sandbox plays the outside world: its parties are synthetic, and its tables are the books of the parties that it plays.
-- A firm made on request. `firm_seq` is its place in the listing; `listed` marks a firm that stands on a watch list, so that a screening reads only those.
create table firm (
  firm_seq bigint generated always as identity unique,
  firm_id text primary key,
  uscc text not null unique,
  legal_representative_id_number text not null,
  listed boolean not null,
  mix text not null,
  seed text not null,
  profile jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index firm_by_legal_representative on firm (legal_representative_id_number);
create index firm_listed on firm (firm_seq) where listed;

-- The first answer to every PUT, as text, so that a repeat gets the same bytes whatever has changed since; the request itself is kept as a hash only.
create table answered_put (
  kind text not null,
  request_id uuid not null,
  request_sha256 text not null,
  answer text not null,
  answered_at timestamptz not null,
  primary key (kind, request_id)
);

-- A batch is named by its content. It is kept here (a made firm's), or stays the file of a data folder, which may be changed or go away.
create table invoice_batch (
  batch_id text primary key,
  sha256 text not null,
  content bytea,
  path text,
  size_bytes bigint not null,
  modified_ms bigint,
  check ((content is null) <> (path is null) and (path is null) = (modified_ms is null))
);

-- Folders loaded at run time; the one that the settings name is not written down.
create table data_set (
  name text primary key,
  directory text not null,
  loaded_at timestamptz not null
);

-- What a file of a data folder says, so that it is read again only when its size or time of change differs.
create table inspected_file (
  path text primary key,
  size_bytes bigint not null,
  modified_ms bigint not null,
  sha256 text not null,
  invoice_count int not null,
  months jsonb not null,
  problem text
);

-- The bank's book: one row is one instruction. What becomes of it is settled when it comes in; `final_at` says when (null: never).
create table payout (
  payout_id uuid primary key,
  request_sha256 text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  payee_name text not null,
  payee_account text not null,
  purpose text not null,
  bank_reference text not null,
  received_at timestamptz not null,
  final_status text check (final_status in ('paid', 'refused')),
  final_reason text,
  final_at timestamptz,
  callback_url text,
  callback_attempts int not null default 0,
  callback_due_at timestamptz,
  check ((final_status is null) = (final_at is null) and (final_reason is not null) = (final_status is not distinct from 'refused'))
);
create index payout_callbacks on payout (callback_due_at) where callback_due_at is not null;

-- One certificate for each signer. The private key lies here because the signer's device is played too.
create table certificate (
  serial text primary key,
  signer_uscc text not null unique,
  public_key_pem text not null,
  private_key_pem text not null,
  issued_at timestamptz not null
);
