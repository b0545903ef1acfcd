-- How the arrears of a loan are pursued (M-CO-01): an attribute of the loan beside bucket, class and stage of expected loss. Null where it is not late.
alter table loan_standing add column collection_stage text check (collection_stage in ('C1', 'C2', 'C3', 'C4', 'C5', 'C6'));
alter table loan_standing add column collection_on date;
alter table loan_standing_history add column collection_stage text;
-- Loans that were late before there were stages: the next close gives them theirs, and then the index is empty.
create index loan_standing_unstaged on loan_standing (tenant_id, loan_id) where bucket <> 'M0' and collection_stage is null;

-- Arrears of a loan from the day on which it became late to the day on which they are gone; people work on them as a case.
create table collection_case (
  case_id uuid primary key,
  loan_id uuid not null references loan,
  tenant_id text not null,
  opened_on date not null,
  opened_at timestamptz not null,
  closed_on date,
  closed_at timestamptz,
  -- Login of the collector who works on it.
  collector text,
  -- The agency that it is handed over to, by the lender's name for it.
  agency text,
  updated_at timestamptz not null,
  check ((closed_on is null) = (closed_at is null))
);
create unique index collection_case_open on collection_case (loan_id) where closed_on is null;
create index collection_case_queue on collection_case (tenant_id, case_id) where closed_on is null;
create index collection_case_list on collection_case (tenant_id, case_id);

-- Who was given a case, and when: one row a change, and none is ever changed.
create table collection_case_change (
  case_id uuid not null references collection_case,
  change_id uuid not null,
  seq bigint generated always as identity unique,
  what text not null check (what in ('collector', 'agency')),
  -- The login or the agency; null where it is nobody's any more.
  value text,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (case_id, change_id)
);

-- Contacts about arrears, and tries that were not allowed.
create table collection_contact (
  loan_id uuid not null references loan,
  contact_id uuid not null,
  case_id uuid not null references collection_case,
  seq bigint generated always as identity unique,
  channel text not null check (channel in ('message', 'call', 'visit', 'letter')),
  party text not null check (party in ('debtor', 'guarantor')),
  guarantor_id uuid,
  made_by text not null check (made_by in ('lender', 'agency')),
  -- Why it was not allowed; null where it was.
  block text,
  content_sha256 text not null,
  tried_at timestamptz not null,
  tried_by text not null,
  primary key (loan_id, contact_id)
);
create index collection_contact_page on collection_contact (loan_id, seq);

-- How a contact has gone; the last row counts.
create table collection_contact_outcome (
  loan_id uuid not null,
  contact_id uuid not null,
  outcome_id uuid not null,
  seq bigint generated always as identity unique,
  outcome text not null,
  told_at timestamptz not null,
  told_by text not null,
  primary key (loan_id, contact_id, outcome_id),
  foreign key (loan_id, contact_id) references collection_contact
);

-- How often somebody was spoken to on a day, over all loans (M-CO-03). The row is counted up where the contact is allowed, so that of many at once as many pass as may.
create table contact_day (
  tenant_id text not null,
  -- The debtor by the code of the firm, a guarantor by its id.
  party_key text not null,
  day date not null,
  contacts int not null,
  primary key (tenant_id, party_key, day)
);

create function refuse_collection_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was done about arrears is append-only';
end $$;
create trigger collection_contact_append_only before update or delete on collection_contact for each row execute function refuse_collection_change();
create trigger collection_contact_no_truncate before truncate on collection_contact for each statement execute function refuse_collection_change();
create trigger collection_contact_outcome_append_only before update or delete on collection_contact_outcome for each row execute function refuse_collection_change();
create trigger collection_contact_outcome_no_truncate before truncate on collection_contact_outcome for each statement execute function refuse_collection_change();
create trigger collection_case_change_append_only before update or delete on collection_case_change for each row execute function refuse_collection_change();
create trigger collection_case_change_no_truncate before truncate on collection_case_change for each statement execute function refuse_collection_change();
