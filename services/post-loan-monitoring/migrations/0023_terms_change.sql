-- New terms of a loan that were agreed after its contract: the loan is played by them from their day on (S18).
create table terms_change (
  loan_id uuid not null,
  change_id uuid not null,
  seq bigint generated always as identity unique,
  tenant_id text not null,
  kind text not null check (kind in ('extension', 'restructuring')),
  value_on date not null,
  -- New dates of what was not due yet; null where they stayed.
  due_dates date[],
  rate_bps int check (rate_bps >= 0),
  -- Months that the term has become longer by.
  months int not null check (months >= 0),
  recorded_at timestamptz not null,
  primary key (loan_id, change_id),
  foreign key (loan_id, change_id) references loan_change (loan_id, change_id),
  check (kind <> 'extension' or (due_dates is not null and rate_bps is null))
);
create trigger terms_change_append_only before update or delete on terms_change for each row execute function refuse_journal_change();
create trigger terms_change_no_truncate before truncate on terms_change for each statement execute function refuse_journal_change();

-- Rows of schedules that were replaced, each schedule a version; what was paid of them is in the journal.
create table instalment_before (
  loan_id uuid not null references loan,
  version int not null,
  number int not null,
  starts_on date not null,
  due_on date not null,
  principal_minor bigint not null,
  interest_minor bigint not null,
  balance_minor bigint not null,
  replaced_at timestamptz not null,
  primary key (loan_id, version, number)
);
create trigger instalment_before_append_only before update or delete on instalment_before for each row execute function refuse_journal_change();
create trigger instalment_before_no_truncate before truncate on instalment_before for each statement execute function refuse_journal_change();

-- Who stands for a loan beside its borrower. Of the guarantor there is the lender's own reference alone.
create table guarantee (
  loan_id uuid not null,
  guarantee_id uuid not null,
  tenant_id text not null,
  guarantor_ref text not null,
  kind text not null check (kind in ('joint', 'general')),
  limit_minor bigint not null check (limit_minor > 0),
  -- Months after the maturity that the guarantor has agreed to, in which a claim can be made (G-EC-04).
  period_months int not null check (period_months > 0),
  -- The maturity that the guarantor stands for: a later one only with the guarantor's consent (G-EC-05).
  matures_on date not null,
  lapses_on date not null check (lapses_on > matures_on),
  state text not null default 'live' check (state in ('live', 'claimed', 'compensated', 'lapsed', 'released')),
  recorded_at timestamptz not null,
  primary key (loan_id, guarantee_id),
  foreign key (loan_id, guarantee_id) references loan_change (loan_id, change_id)
);
create index guarantee_live on guarantee (tenant_id, lapses_on) where state = 'live';

-- A guarantor has agreed in writing to a change of the loan, once for each.
create table guarantor_consent (
  loan_id uuid not null,
  guarantee_id uuid not null,
  change_id uuid not null,
  document_sha256 text not null,
  recorded_at timestamptz not null,
  primary key (loan_id, guarantee_id, change_id),
  foreign key (loan_id, guarantee_id) references guarantee,
  foreign key (loan_id, change_id) references loan_change (loan_id, change_id)
);
create trigger guarantor_consent_append_only before update or delete on guarantor_consent for each row execute function refuse_journal_change();
create trigger guarantor_consent_no_truncate before truncate on guarantor_consent for each statement execute function refuse_journal_change();
