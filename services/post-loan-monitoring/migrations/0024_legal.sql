-- Day on which a loan was called in: all of it is due from then on.
alter table loan add column accelerated_on date;

-- Cases in court about a loan, each from the change that has put it on the file.
create table legal_case (
  loan_id uuid not null,
  case_id uuid not null,
  seq bigint generated always as identity unique,
  tenant_id text not null,
  kind text not null,
  court text not null,
  -- The court's own name of the case.
  court_reference text not null,
  filed_on date not null,
  claim_minor bigint not null check (claim_minor > 0),
  document_sha256 text not null,
  recorded_at timestamptz not null,
  outcome text,
  closed_on date,
  closing_sha256 text,
  primary key (loan_id, case_id),
  foreign key (loan_id, case_id) references loan_change (loan_id, change_id),
  check ((outcome is null) = (closed_on is null) and (outcome is null) = (closing_sha256 is null))
);

-- Stages of a case, as the papers of the court show them.
create table legal_case_update (
  loan_id uuid not null,
  update_id uuid not null,
  seq bigint generated always as identity unique,
  case_id uuid not null,
  kind text not null,
  happened_on date not null,
  awarded_minor bigint check (awarded_minor >= 0),
  document_sha256 text not null,
  recorded_at timestamptz not null,
  primary key (loan_id, update_id),
  foreign key (loan_id, case_id) references legal_case (loan_id, case_id),
  foreign key (loan_id, update_id) references loan_change (loan_id, change_id)
);

-- Demands that were served on the borrower: each begins the limitation anew (G-EC-07).
create table loan_demand (
  loan_id uuid not null,
  demand_id uuid not null,
  seq bigint generated always as identity unique,
  tenant_id text not null,
  served_on date not null,
  channel text not null,
  document_sha256 text not null,
  recorded_at timestamptz not null,
  primary key (loan_id, demand_id),
  foreign key (loan_id, demand_id) references loan_change (loan_id, change_id)
);

-- What a court's papers show, and that a demand was served, is written once.
create trigger legal_case_update_append_only before update or delete on legal_case_update for each row execute function refuse_journal_change();
create trigger legal_case_update_no_truncate before truncate on legal_case_update for each statement execute function refuse_journal_change();
create trigger loan_demand_append_only before update or delete on loan_demand for each row execute function refuse_journal_change();
create trigger loan_demand_no_truncate before truncate on loan_demand for each statement execute function refuse_journal_change();
