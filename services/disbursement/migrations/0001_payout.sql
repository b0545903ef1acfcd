-- Where the money goes. Name and number are encrypted per field; content_index is a keyed hash, so that equal content is found without reading it.
create table payee (
  payee_record_id uuid primary key,
  tenant_id text not null,
  owner_id text not null,
  application_id uuid not null,
  content_index text not null,
  account_name text not null,
  account_number text not null,
  created_at timestamptz not null,
  unique (tenant_id, owner_id, application_id, content_index)
);
create index payee_application on payee (tenant_id, application_id);

-- What one obligor has been promised and not yet repaid. The row's lock makes "sum, compare with the cap, add" one step (R-DB-08, G-ML-01, G-ML-03).
create table obligor_exposure (
  tenant_id text not null,
  uscc text not null,
  exposure_minor bigint not null check (exposure_minor >= 0),
  primary key (tenant_id, uscc)
);

-- The limit that a signed contract opens. committed_minor is what reservations and payouts have taken of it.
create table facility (
  facility_id uuid primary key,
  tenant_id text not null,
  uscc text not null,
  application_id uuid not null,
  loan_id uuid not null,
  contract_id uuid not null unique,
  contract_sha256 text not null,
  policy_version text not null,
  limit_minor bigint not null check (limit_minor > 0),
  committed_minor bigint not null check (committed_minor between 0 and limit_minor),
  status text not null check (status in ('ACTIVE', 'CLOSED')),
  activated_at timestamptz not null,
  closed_at timestamptz
);
create index facility_loan on facility (loan_id);

-- One instruction to the bank. payout_id is the bank's idempotency key for good: no row ever gets another (domain trap 5).
create table payout (
  payout_id uuid primary key,
  tenant_id text not null,
  uscc text not null,
  application_id uuid not null,
  loan_id uuid not null,
  payee_record_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- The caps are in yuan: an amount of another currency must not be added to them.
  currency text not null check (currency = 'CNY'),
  policy_version text not null,
  status text not null check (status in ('RESERVED', 'INSTRUCTED', 'UNKNOWN', 'PAID', 'FAILED')),
  reason_code text,
  -- Set by the bank's first answer that is none of a refused request: from then on the bank has owned up to the payout.
  bank_reference text,
  paid_at timestamptz,
  -- Times that the instruction was sent, and that the bank was asked about it.
  sends int not null default 0,
  queries int not null default 0,
  -- Counts who has had the payout in hand: a worker whose turn is over may not act on it any more.
  turn int not null default 0,
  next_action_at timestamptz,
  -- What made the hub order it, and when; the same order under another event id is no second payout.
  order_cause text not null,
  ordered_at timestamptz not null,
  -- Event that brought the order, and its trace: passed on to every event about the payout.
  causation_id text not null,
  traceparent text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (loan_id, order_cause, ordered_at),
  check ((status = 'PAID') = (paid_at is not null)),
  check (status <> 'PAID' or bank_reference is not null),
  check ((status = 'FAILED') = (reason_code is not null)),
  check ((status in ('RESERVED', 'INSTRUCTED', 'UNKNOWN')) = (next_action_at is not null))
);
-- At most one payout of a loan can ever debit: only a payout that the bank refused for good makes room for another.
create unique index payout_one_live on payout (loan_id) where status <> 'FAILED';
create index payout_application on payout (application_id, created_at);
create index payout_due on payout (next_action_at) where next_action_at is not null;
create index payout_unknown on payout (payout_id) where status = 'UNKNOWN';

-- Taken before the bank is told, so that two drawdowns cannot both pass the cap (domain trap 6).
create table limit_reservation (
  payout_id uuid primary key references payout,
  facility_id uuid not null references facility,
  amount_minor bigint not null check (amount_minor > 0),
  status text not null check (status in ('RESERVED', 'USED', 'RELEASED', 'REPAID')),
  reserved_at timestamptz not null,
  ended_at timestamptz
);
create index limit_reservation_facility on limit_reservation (facility_id);

-- What was done about a payout and what came of it, in order; never changed.
create table payout_step (
  step_id bigint generated always as identity primary key,
  payout_id uuid not null references payout,
  at timestamptz not null,
  action text not null check (action in ('RESERVE', 'SEND', 'ASK', 'ANSWER', 'ALARM')),
  outcome text,
  detail text
);
create index payout_step_payout on payout_step (payout_id, step_id);

create function refuse_payout_step_change() returns trigger language plpgsql as $$
begin
  raise exception 'payout steps are append-only';
end $$;
create trigger payout_step_append_only before update or delete on payout_step for each row execute function refuse_payout_step_change();
create trigger payout_step_no_truncate before truncate on payout_step for each statement execute function refuse_payout_step_change();
