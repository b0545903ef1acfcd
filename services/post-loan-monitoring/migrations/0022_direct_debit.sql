-- Days whose debits were planned, for the whole installation.
create table debit_day (
  day date primary key,
  planned_at timestamptz not null
);

-- Tries to debit what falls due on a loan with a mandate, one row a try (R-DB-08). The money itself is booked by the line of the statement alone.
create table debit (
  loan_id uuid not null references loan,
  -- The due date that it is for, as the schedule has it.
  due_on date not null,
  try_number int not null check (try_number > 0),
  tenant_id text not null,
  -- First day on which it may be ordered.
  try_on date not null,
  -- PLANNED: its amount is asked for when it is ordered. ORDERED: the bank may have it. CANCELLED: nothing was owed any more when its turn came.
  state text not null check (state in ('PLANNED', 'ORDERED', 'COLLECTED', 'FAILED', 'CANCELLED')),
  -- Ours, and the bank's key of the debit for good; given with the order.
  debit_id uuid unique,
  amount_minor bigint check (amount_minor > 0),
  reason_code text,
  bank_reference text,
  planned_at timestamptz not null,
  ordered_at timestamptz,
  ended_at timestamptz,
  primary key (loan_id, due_on, try_number),
  check ((state in ('PLANNED', 'CANCELLED')) = (debit_id is null)),
  check ((debit_id is null) = (amount_minor is null)),
  check ((debit_id is null) = (ordered_at is null)),
  check ((state = 'FAILED') = (reason_code is not null)),
  check ((state = 'COLLECTED') = (bank_reference is not null)),
  check ((state in ('PLANNED', 'ORDERED')) = (ended_at is null))
);
-- While the outcome of one debit is open no other is ordered.
create unique index debit_one_ordered on debit (loan_id) where state = 'ORDERED';
create index debit_planned on debit (try_on, loan_id, due_on) where state = 'PLANNED';

-- A contract of before has no mandate, and its loan is in no row of it.
create index loan_with_mandate on loan (oldest_due_on, loan_id) where live and clauses ? 'directDebit';
