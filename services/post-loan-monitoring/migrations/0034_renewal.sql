-- A loan that was repaid with a new one of the same borrower, in the books alone (无还本续贷): both were booked, or neither. A refused row keeps the answer,
-- so that an order that comes again gets it again.
create table renewal (
  -- The new loan; there is none of a refused renewal.
  loan_id uuid primary key,
  application_id uuid not null unique,
  tenant_id text not null,
  renewed_loan_id uuid not null references loan,
  -- Id of the order, under which both sides stand in the journal.
  settlement_id uuid not null unique,
  amount_minor bigint not null check (amount_minor > 0),
  value_on date not null,
  state text not null check (state in ('settled', 'refused')),
  reason_code text,
  recorded_at timestamptz not null,
  check ((state = 'refused') = (reason_code is not null))
);
-- A loan is renewed once.
create unique index renewal_of_loan on renewal (renewed_loan_id) where state = 'settled';
create trigger renewal_append_only before update or delete on renewal for each row execute function refuse_journal_change();
create trigger renewal_no_truncate before truncate on renewal for each statement execute function refuse_journal_change();

-- What the new loan lends and the old one is paid, which is nothing as soon as both stand.
insert into account (code, name, kind) values ('3001', 'Renewals in settlement (清算资金往来)', 'liability');

-- The entry that settles the old loan joins the kinds that there are, whichever they are.
do $$
declare said text;
begin
  select pg_get_constraintdef(oid) into said from pg_constraint where conname = 'journal_entry_kind' and conrelid = 'journal_entry'::regclass;
  execute 'alter table journal_entry drop constraint journal_entry_kind';
  execute 'alter table journal_entry add constraint journal_entry_kind ' || replace(said, '''LOAN_BOOKED''::text', '''LOAN_BOOKED''::text, ''RENEWED''::text');
end $$;
