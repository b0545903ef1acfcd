-- What somebody asks to change of a loan besides its money: a fact that classes it, other terms, a guarantee. A change waits for two persons (its task), or
-- is applied at once where one person may do it alone.
create table loan_change (
  loan_id uuid not null references loan,
  change_id uuid not null,
  seq bigint generated always as identity unique,
  tenant_id text not null,
  kind text not null,
  task_id uuid unique references task,
  content jsonb not null,
  content_sha256 text not null,
  state text not null check (state in ('requested', 'applied', 'refused')),
  requested_at timestamptz not null,
  requested_by text not null,
  decided_at timestamptz,
  primary key (loan_id, change_id),
  check ((state = 'requested') = (decided_at is null)),
  check (task_id is not null or state = 'applied')
);
-- One question at a time of a kind about a loan.
create unique index loan_change_waiting on loan_change (loan_id, kind) where state = 'requested';

-- Facts besides the days past due that the class of a loan is made of (G-CL-02 to G-CL-13), each from one day to another, both included. A fact is known from
-- the change that has told it on; it ends by another change.
create table class_fact (
  loan_id uuid not null,
  fact_id uuid not null,
  tenant_id text not null,
  kind text not null,
  from_on date not null,
  to_on date check (to_on >= from_on - 1),
  -- Expected loss of an impaired loan, as a share of what the books have of it; bad part of the obligor's debts elsewhere.
  share_bps int check (share_bps between 0 and 10000),
  -- A class that a person has set; the loan is in no better one.
  at_least text,
  recorded_at timestamptz not null,
  ended_by uuid,
  primary key (loan_id, fact_id),
  foreign key (loan_id, fact_id) references loan_change (loan_id, change_id),
  foreign key (loan_id, ended_by) references loan_change (loan_id, change_id),
  check ((kind = 'override') = (at_least is not null)),
  check (ended_by is null or to_on is not null)
);

-- A fact changes the standing of a loan by itself.
alter table loan_standing_history drop constraint loan_standing_history_cause_check;
alter table loan_standing_history add constraint loan_standing_history_cause_check check (cause in ('close', 'movement', 'fact'));
