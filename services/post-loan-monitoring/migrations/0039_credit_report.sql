-- What was reported of a loan to the credit bureau, a row for each month; the dispatch of the same id has told it, and none is ever changed.
create table credit_report (
  report_id uuid primary key,
  loan_id uuid not null references loan,
  tenant_id text not null,
  -- Last day of the month that it is of.
  as_of date not null,
  content jsonb not null,
  -- It tells of arrears or a loss; such data follow their notice (G-CB-03).
  is_negative boolean not null,
  -- Last day on which negative data of it may be kept (G-CB-06); null where it has none.
  keep_until date,
  recorded_at timestamptz not null,
  unique (loan_id, as_of),
  check (is_negative = (keep_until is not null))
);
create trigger credit_report_append_only before update or delete on credit_report for each row execute function refuse_journal_change();
create trigger credit_report_no_truncate before truncate on credit_report for each statement execute function refuse_journal_change();

-- How far the reports of a month are made: loans are taken in the order of their ids.
create table credit_report_month (
  tenant_id text not null,
  as_of date not null,
  after_loan uuid not null,
  reports int not null default 0,
  done_at timestamptz,
  primary key (tenant_id, as_of)
);
