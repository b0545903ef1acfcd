-- One order to send a credit of the statement back to whoever has paid it. refund_id is the bank's idempotency key for good: no row ever gets another.
create table refund (
  refund_id uuid primary key,
  tenant_id text not null,
  -- The credit that goes back; its payer's account stands in bank_line_party, encrypted.
  line_id uuid not null references bank_line,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency = 'CNY'),
  policy_version text not null,
  status text not null,
  live boolean not null,
  reason_code text,
  -- Set by the bank's first answer that is none of a refused request; the debit on the statement has the same one.
  bank_reference text,
  -- Times that the order was sent, and that the bank was asked about it.
  sends int not null,
  queries int not null,
  -- Counts who has had the refund in hand: a worker whose turn is over may not act on it any more.
  turn int not null,
  next_action_at timestamptz,
  -- Event that brought the order, and its trace: passed on to every event about the refund.
  causation_id text not null,
  traceparent text,
  created_at timestamptz not null,
  deadline_at timestamptz,
  updated_at timestamptz not null,
  history_seq int not null,
  history_head text not null,
  check (live = (next_action_at is not null))
);
create index refund_due on refund (next_action_at) where next_action_at is not null;
-- What came in goes back once; a refund that was refused may be followed by another.
create unique index refund_line on refund (line_id) where status <> 'REFUSED';
create index refund_reference on refund (tenant_id, bank_reference);

-- What was done about a refund and what came of it, sealed row by row (R-OP-06, R-OP-09).
create table refund_history (
  refund_id uuid not null references refund,
  seq int not null,
  trigger text not null,
  effect text not null check (effect in ('moved', 'recorded', 'ignored', 'noted')),
  status_from text not null,
  status_to text not null,
  actor_kind text not null,
  actor_id text not null,
  reason text not null,
  evidence jsonb not null,
  causation_id text not null,
  at timestamptz not null,
  prev_sha256 text not null,
  row_sha256 text not null,
  decision text,
  -- By which stretches of the table are anchored.
  position bigint generated always as identity unique,
  primary key (refund_id, seq)
);
create trigger refund_history_append_only before update or delete on refund_history for each row execute function refuse_history_change();
create trigger refund_history_no_truncate before truncate on refund_history for each statement execute function refuse_history_change();
