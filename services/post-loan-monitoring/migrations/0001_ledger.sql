-- Chart of accounts, as data; codes follow the accounting standards for Chinese financial firms.
create table account (
  code text primary key check (code ~ '^\d{4}$'),
  name text not null,
  kind text not null check (kind in ('asset', 'liability', 'income', 'expense'))
);
insert into account (code, name, kind) values
  ('1002', 'Cash at bank (银行存款)', 'asset'),
  ('1303', 'Loan principal (贷款)', 'asset'),
  ('2241', 'Money held for borrowers (其他应付款)', 'liability'),
  ('6011', 'Interest income (利息收入)', 'income'),
  ('6051', 'Fees and penalty interest (其他业务收入)', 'income');

-- One movement of money. transaction_id seals the entry: lines can only be added by the transaction that made it.
create table journal_entry (
  entry_id uuid primary key,
  -- Order of posting.
  seq bigint generated always as identity unique,
  tenant_id text not null,
  loan_id uuid not null,
  -- Business day of the books; value_on is the day from which the money counts, which a late notice puts before it.
  posted_on date not null,
  value_on date not null,
  source_kind text not null check (source_kind in ('LOAN_BOOKED', 'REPAYMENT', 'HELD_CREDIT')),
  -- Payout or repayment; money held may come from several repayments, so its use names none.
  source_id uuid,
  recorded_at timestamptz not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  unique (loan_id, source_kind, source_id),
  check ((source_kind = 'HELD_CREDIT') = (source_id is null))
);
create index journal_entry_loan on journal_entry (loan_id, seq);

create table journal_line (
  entry_id uuid not null references journal_entry,
  line_no int not null check (line_no > 0),
  account text not null references account,
  debit_minor bigint not null default 0 check (debit_minor >= 0),
  credit_minor bigint not null default 0 check (credit_minor >= 0),
  primary key (entry_id, line_no),
  check ((debit_minor > 0) <> (credit_minor > 0))
);

-- Double entry is a rule of the database, not of the code: an entry whose sides differ, or that has no lines, cannot commit (design §5).
create function check_entry_balanced() returns trigger language plpgsql as $$
declare
  debits numeric;
  credits numeric;
  lines int;
begin
  select coalesce(sum(debit_minor), 0), coalesce(sum(credit_minor), 0), count(*) into debits, credits, lines
    from journal_line where entry_id = new.entry_id;
  if lines < 2 or debits <> credits then
    raise exception 'journal entry % does not balance: debit %, credit %, % lines', new.entry_id, debits, credits, lines
      using errcode = 'check_violation', constraint = 'journal_entry_balanced';
  end if;
  return null;
end $$;
-- On the entry, so that one without lines is found; on the lines too, as `set constraints … immediate` could otherwise have the entry checked
-- before its last line.
create constraint trigger journal_entry_balanced after insert on journal_entry
  deferrable initially deferred for each row execute function check_entry_balanced();
create constraint trigger journal_line_balanced after insert on journal_line
  deferrable initially deferred for each row execute function check_entry_balanced();

create function refuse_sealed_entry() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from journal_entry where entry_id = new.entry_id and transaction_id = pg_current_xact_id()) then
    raise exception 'journal entry % is sealed: post a new entry instead', new.entry_id using errcode = 'check_violation', constraint = 'journal_entry_sealed';
  end if;
  return null;
end $$;
-- After, not before: the entry may be inserted by the same statement.
create constraint trigger journal_line_sealed after insert on journal_line for each row execute function refuse_sealed_entry();

create function refuse_journal_change() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only: post a reversing entry instead' using errcode = 'check_violation', constraint = 'journal_append_only';
end $$;
create trigger journal_entry_append_only before update or delete on journal_entry for each row execute function refuse_journal_change();
create trigger journal_line_append_only before update or delete on journal_line for each row execute function refuse_journal_change();
create trigger journal_entry_no_truncate before truncate on journal_entry for each statement execute function refuse_journal_change();
create trigger journal_line_no_truncate before truncate on journal_line for each statement execute function refuse_journal_change();
