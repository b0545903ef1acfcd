-- The reserve for operational risk (操作风险准备金), kept apart from what is set aside for losses on loans: accounts of its own, what it was moved by, and what
-- it has. An operational loss is an expense of the general ledger (6711); what the reserve bears of it is taken from there.
insert into account (code, name, kind) values
  ('2801', 'Reserve for operational risk (操作风险准备金)', 'liability'),
  ('6703', 'Charge for the reserve for operational risk (操作风险准备支出)', 'expense'),
  ('6711', 'Operational losses (营业外支出)', 'expense');

do $$
declare said text;
begin
  select pg_get_constraintdef(oid) into said from pg_constraint where conname = 'journal_entry_kind' and conrelid = 'journal_entry'::regclass;
  execute 'alter table journal_entry drop constraint journal_entry_kind';
  execute 'alter table journal_entry add constraint journal_entry_kind ' || replace(said, '''LOAN_BOOKED''::text',
    '''LOAN_BOOKED''::text, ''RESERVE_ACCRUED''::text, ''RESERVE_USED''::text, ''RESERVE_TOPPED_UP''::text');
  select pg_get_constraintdef(oid) into said from pg_constraint where conname = 'journal_entry_of_no_loan' and conrelid = 'journal_entry'::regclass;
  execute 'alter table journal_entry drop constraint journal_entry_of_no_loan';
  execute 'alter table journal_entry add constraint journal_entry_of_no_loan ' || replace(said, '''SUSPENSE''::text',
    '''SUSPENSE''::text, ''RESERVE_ACCRUED''::text, ''RESERVE_USED''::text, ''RESERVE_TOPPED_UP''::text');
end $$;

-- What somebody asks to be taken from the reserve, or put into it, until two persons have decided.
create table reserve_request (
  request_id uuid primary key,
  tenant_id text not null,
  kind text not null check (kind in ('use', 'top_up')),
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- The operational loss that is borne, by the lender's own name of the event; null where the reserve is topped up.
  event_reference text check ((event_reference is null) = (kind = 'top_up')),
  reason text not null,
  task_id uuid not null,
  state text not null check (state in ('requested', 'applied', 'refused')),
  content_sha256 text not null,
  requested_at timestamptz not null,
  requested_by text not null,
  decided_at timestamptz
);

-- A loss is borne once, however often it is asked for.
create unique index reserve_request_event on reserve_request (tenant_id, event_reference) where state <> 'refused';

-- What a tenant has in reserve; its row is locked by whoever moves it.
create table reserve_balance (
  tenant_id text not null,
  currency text not null,
  balance_minor bigint not null default 0 check (balance_minor >= 0),
  primary key (tenant_id, currency)
);

-- What has moved the reserve: put in by the plan at the end of a month or by two persons, or taken out for an operational loss.
create table reserve_movement (
  movement_id uuid primary key,
  seq bigint generated always as identity unique,
  tenant_id text not null,
  currency text not null,
  kind text not null check (kind in ('accrual', 'use', 'top_up')),
  -- Less than zero where it was taken out.
  amount_minor bigint not null check (amount_minor <> 0 and (amount_minor < 0) = (kind = 'use')),
  moved_on date not null,
  entry_id uuid not null unique references journal_entry,
  request_id uuid unique references reserve_request,
  -- First day of the month that an accrual is of, and what it was reckoned by.
  month date,
  base text,
  base_minor bigint,
  rate_bps int,
  policy_version text,
  recorded_at timestamptz not null,
  unique (tenant_id, currency, month),
  check ((kind = 'accrual') = (month is not null) and (kind = 'accrual') = (request_id is null)),
  check ((month is null) = (base is null) and (month is null) = (base_minor is null) and (month is null) = (rate_bps is null) and (month is null) = (policy_version is null))
);
create index reserve_movement_day on reserve_movement (tenant_id, moved_on, seq);

create function refuse_reserve_change() returns trigger language plpgsql as $$
begin
  raise exception 'a movement of the reserve is written once: what was wrong is put right by another movement';
end $$;
create trigger reserve_movement_append_only before update or delete on reserve_movement for each row execute function refuse_reserve_change();
create trigger reserve_movement_no_truncate before truncate on reserve_movement for each statement execute function refuse_reserve_change();
