-- Money that the bank's statement shows and that no loan is known for, or that a loan cannot take: ours to keep until a person has found whose it is.
insert into account (code, name, kind) values ('2242', 'Money in suspense (待查款项)', 'liability');

-- An entry about money in suspense belongs to no loan.
alter table journal_entry alter column loan_id drop not null;
alter table journal_entry drop constraint journal_entry_kind;
alter table journal_entry
  add constraint journal_entry_kind check (source_kind in ('LOAN_BOOKED', 'REPAYMENT', 'HELD_CREDIT', 'REVERSAL', 'SUSPENSE', 'SUSPENSE_CLEARED')),
  add constraint journal_entry_loan_or_suspense check ((loan_id is null) = (source_kind in ('SUSPENSE', 'SUSPENSE_CLEARED')));
create unique index journal_entry_suspense on journal_entry (source_kind, source_id) where loan_id is null;

-- Every credit of the statement, once, with what became of it when it came (S16). The other side of it is kept by disbursement alone.
create table bank_line (
  line_id uuid primary key,
  seq bigint generated always as identity unique,
  tenant_id text not null,
  bank_reference text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  value_on date not null,
  booked_at timestamptz not null,
  -- What the payer has named; it may be no loan of ours.
  loan_id uuid,
  payer_is_borrower boolean,
  -- BOOKED: it is a repayment under its own id. CONFIRMED: a repayment that was told before it came. SUSPENSE: a person has to look.
  outcome text not null check (outcome in ('BOOKED', 'CONFIRMED', 'SUSPENSE')),
  -- Why it is in suspense.
  reason text,
  repayment_id uuid,
  recorded_at timestamptz not null,
  check ((outcome = 'SUSPENSE') = (reason is not null)),
  check ((outcome = 'SUSPENSE') = (repayment_id is null))
);
create index bank_line_loan on bank_line (loan_id, seq);
create index bank_line_reference on bank_line (tenant_id, bank_reference);
create index bank_line_day on bank_line (tenant_id, booked_at);

create function refuse_bank_line_change() returns trigger language plpgsql as $$
begin
  raise exception 'lines of the statement are append-only';
end $$;
create trigger bank_line_append_only before update or delete on bank_line for each row execute function refuse_bank_line_change();
create trigger bank_line_no_truncate before truncate on bank_line for each statement execute function refuse_bank_line_change();

create table suspense (
  line_id uuid primary key references bank_line,
  task_id uuid not null unique references task,
  state text not null default 'open' check (state in ('open', 'assigned', 'returned')),
  -- The loan that it was assigned to.
  loan_id uuid references loan,
  -- The bank's name of the transfer that has sent it back.
  return_reference text,
  opened_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'assigned') = (loan_id is not null)),
  check ((state = 'returned') = (return_reference is not null))
);
create index suspense_open on suspense (opened_at) where state = 'open';
