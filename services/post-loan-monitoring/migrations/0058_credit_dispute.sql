-- Disputes of what was reported of a loan to the credit bureau (G-CB-05).
create table credit_dispute (
  dispute_id uuid primary key,
  loan_id uuid not null references loan,
  application_id uuid not null,
  tenant_id text not null,
  report_id uuid not null references credit_report,
  as_of date not null,
  party text not null check (party in ('debtor', 'guarantor')),
  guarantee_id uuid,
  ground text not null,
  document_sha256 text,
  -- Day from which the days for the answer run, and the last of them.
  received_on date not null,
  due_on date not null,
  content_sha256 text not null,
  opened_by text not null,
  -- Dispatches by which the bureau is asked to mark the report, and to take the mark off.
  mark_id uuid not null,
  lift_id uuid,
  task_id uuid,
  reason_code text,
  correction_id uuid,
  letter_id uuid references letter,
  closed_on date,
  status text not null,
  live boolean not null,
  created_at timestamptz not null,
  -- Instant at which the days for the answer are over.
  deadline_at timestamptz,
  updated_at timestamptz not null,
  history_seq int not null,
  history_head text not null,
  check ((party = 'guarantor') = (guarantee_id is not null)),
  check (live = (closed_on is null) and live = (letter_id is null) and live = (lift_id is null) and live = (reason_code is null))
);
create index credit_dispute_loan on credit_dispute (loan_id, created_at);
create unique index credit_dispute_open on credit_dispute (report_id) where live;
create index credit_dispute_due on credit_dispute (deadline_at) where deadline_at is not null;

-- What was done about a dispute and what came of it, sealed row by row (R-OP-06, R-OP-09).
create table credit_dispute_history (
  dispute_id uuid not null references credit_dispute,
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
  primary key (dispute_id, seq)
);
create trigger credit_dispute_history_append_only before update or delete on credit_dispute_history for each row execute function refuse_journal_change();
create trigger credit_dispute_history_no_truncate before truncate on credit_dispute_history for each statement execute function refuse_journal_change();

-- What corrects a report, for the same day; the dispatch of the same id has told the bureau.
create table credit_correction (
  correction_id uuid primary key,
  report_id uuid not null references credit_report,
  loan_id uuid not null references loan,
  content jsonb not null,
  is_negative boolean not null,
  keep_until date,
  recorded_at timestamptz not null,
  check (is_negative = (keep_until is not null))
);
create index credit_correction_report on credit_correction (report_id, recorded_at);
create index credit_correction_loan on credit_correction (loan_id);
create trigger credit_correction_append_only before update or delete on credit_correction for each row execute function refuse_journal_change();
create trigger credit_correction_no_truncate before truncate on credit_correction for each statement execute function refuse_journal_change();
