-- Where a loan stands at the end of a day: bucket of its arrears, class, stage of expected loss. A loan without a row has never been late: M0, normal, stage 1.
create table loan_standing (
  loan_id uuid primary key references loan,
  tenant_id text not null,
  bucket text not null,
  loan_class text not null,
  ecl_stage int not null check (ecl_stage between 1 and 3),
  -- First day of the good conduct that lasts, by which a loan may leave the non-performing classes.
  good_since date,
  -- Day on which the class can change though nothing becomes late and nothing is paid.
  review_on date,
  -- Last day whose end it takes into account: the close of an earlier day changes nothing here.
  through date not null,
  bucket_on date not null,
  class_on date not null,
  stage_on date not null,
  changed_at timestamptz not null,
  -- Rows of its history.
  changes int not null
);
create index loan_standing_review on loan_standing (tenant_id, review_on, loan_id) where review_on is not null;
create index loan_standing_bad on loan_standing (tenant_id, loan_id) where bucket <> 'M0' or loan_class <> 'NORMAL' or ecl_stage <> 1;

-- What a loan stood at, by the day for which it holds and the time at which it became known.
create table loan_standing_history (
  loan_id uuid not null references loan,
  seq int not null,
  tenant_id text not null,
  valid_on date not null,
  known_at timestamptz not null,
  cause text not null check (cause in ('close', 'movement')),
  dpd int not null check (dpd >= 0),
  bucket text not null,
  loan_class text not null,
  ecl_stage int not null,
  primary key (loan_id, seq)
);
create trigger loan_standing_history_append_only before update or delete on loan_standing_history for each row execute function refuse_journal_change();
create trigger loan_standing_history_no_truncate before truncate on loan_standing_history for each statement execute function refuse_journal_change();

-- Loans by the due date that makes them late, so that the close of a day reads those alone on which something changes.
create index loan_late on loan (tenant_id, oldest_due_on, loan_id) where live;
