-- A transfer that is more than its loan can owe: told, kept, and not booked until two persons have decided. Nothing of it stands in the ledger.
create table held_repayment (
  loan_id uuid not null references loan,
  repayment_id uuid not null,
  held_id uuid not null unique references held_item,
  tenant_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  bank_reference text not null,
  received_on date not null,
  content_sha256 text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  -- accepted: it is a row of repayment now. refused: the transfer was told wrongly, and its reference is free for the right one.
  state text not null default 'held' check (state in ('held', 'accepted', 'refused')),
  decided_at timestamptz,
  primary key (loan_id, repayment_id),
  check ((state = 'held') = (decided_at is null))
);
create unique index held_repayment_bank_reference on held_repayment (tenant_id, bank_reference) where state = 'held';
