-- One order to debit the account that a loan was paid to. direct_debit_id is the bank's idempotency key for good: no row ever gets another.
create table direct_debit (
  direct_debit_id uuid primary key,
  tenant_id text not null,
  application_id uuid not null,
  loan_id uuid not null,
  -- Record of the account that the loan was paid to.
  payee_record_id uuid not null,
  due_on date not null,
  -- The day on which it may be sent; what the bank has not seen by its end is not sent any more.
  debit_on date not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency = 'CNY'),
  policy_version text not null,
  status text not null,
  live boolean not null,
  reason_code text,
  -- Set by the bank's first answer that is none of a refused request: from then on the bank has owned up to the debit.
  bank_reference text,
  -- Times that the order was sent, and that the bank was asked about it.
  sends int not null,
  queries int not null,
  -- Counts who has had the debit in hand: a worker whose turn is over may not act on it any more.
  turn int not null,
  next_action_at timestamptz,
  -- Event that brought the order, and its trace: passed on to every event about the debit.
  causation_id text not null,
  traceparent text,
  created_at timestamptz not null,
  -- Until when it may be sent; null once the bank may know it.
  deadline_at timestamptz,
  updated_at timestamptz not null,
  history_seq int not null,
  history_head text not null,
  check (live = (next_action_at is not null))
);
create index direct_debit_due on direct_debit (next_action_at) where next_action_at is not null;
create index direct_debit_loan on direct_debit (loan_id, created_at);

-- What was done about a debit and what came of it, sealed row by row (R-OP-06, R-OP-09).
create table direct_debit_history (
  direct_debit_id uuid not null references direct_debit,
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
  primary key (direct_debit_id, seq)
);
create function refuse_history_change() returns trigger language plpgsql as $$
begin
  raise exception 'histories are append-only';
end $$;
create trigger direct_debit_history_append_only before update or delete on direct_debit_history for each row execute function refuse_history_change();
create trigger direct_debit_history_no_truncate before truncate on direct_debit_history for each statement execute function refuse_history_change();
