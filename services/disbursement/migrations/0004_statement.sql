-- Every movement on a lender's account as its bank shows it, once, for good (R-DB-08). Who is on the other side stands in bank_line_party, encrypted.
create table bank_line (
  line_id uuid primary key,
  -- Order of storing.
  seq bigint generated always as identity unique,
  tenant_id text not null,
  -- The bank's own name of the line; once an account.
  bank_line_id text not null,
  account text not null,
  direction text not null check (direction in ('credit', 'debit')),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  value_on date not null,
  booked_at timestamptz not null,
  -- The day whose statement has shown it.
  statement_day date not null,
  bank_reference text not null,
  -- What the payer has written; null where it names no loan, or more than one.
  loan_id uuid,
  -- Null where the loan is none of this lender's.
  application_id uuid,
  payer_is_borrower boolean,
  stored_at timestamptz not null,
  unique (tenant_id, account, bank_line_id)
);
create index bank_line_day on bank_line (tenant_id, statement_day, seq);
create index bank_line_reference on bank_line (tenant_id, bank_reference);

-- Another content under the id of a line that is stored: the first one stands, and a person has to look. Once a line.
create table bank_line_conflict (
  line_id uuid primary key references bank_line,
  seen_at timestamptz not null
);

create function refuse_bank_line_change() returns trigger language plpgsql as $$
begin
  raise exception 'lines of the statement are append-only';
end $$;
create trigger bank_line_append_only before update or delete on bank_line for each row execute function refuse_bank_line_change();
create trigger bank_line_no_truncate before truncate on bank_line for each statement execute function refuse_bank_line_change();
create trigger bank_line_conflict_append_only before update or delete on bank_line_conflict for each row execute function refuse_bank_line_change();
create trigger bank_line_conflict_no_truncate before truncate on bank_line_conflict for each statement execute function refuse_bank_line_change();

create table bank_line_party (
  line_id uuid primary key references bank_line,
  tenant_id text not null,
  wrapped_key text not null,
  content_index text not null,
  party_name text not null,
  party_account text not null,
  remittance text not null
);
create trigger bank_line_party_key_in_use before insert or update of wrapped_key on bank_line_party for each row execute function refuse_retired_key();

-- How far the statement of a day has been read.
create table statement_day (
  tenant_id text not null,
  account text not null,
  day date not null,
  -- Where the next question begins; null: at the day's first line.
  cursor text,
  -- When the day is next read from its first line, so that a line that the bank has put behind the cursor is found.
  from_start_at timestamptz,
  -- Null once the day is closed.
  next_pull_at timestamptz,
  last_read_at timestamptz,
  failures int not null default 0,
  last_failure text,
  primary key (tenant_id, account, day)
);
create index statement_day_due on statement_day (next_pull_at) where next_pull_at is not null;
