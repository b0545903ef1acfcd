-- What somebody says of a transfer before the bank has shown it. It moves nothing: the line of the statement with its bank reference books the money, with the
-- bank's amount and day.
create table announcement (
  loan_id uuid not null references loan,
  repayment_id uuid not null,
  tenant_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  bank_reference text not null,
  received_on date not null,
  content_sha256 text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  -- announced: the line is waited for. not_on_statement: it has not come in time; it may still come. shown_otherwise: the bank has shown the reference, and the
  -- money is kept or is another loan's. booked: it is the repayment of the same id. dropped: a person has found that there is no such transfer.
  state text not null default 'announced' check (state in ('announced', 'not_on_statement', 'shown_otherwise', 'booked', 'dropped')),
  -- Last day on which the line is waited for without a person.
  waits_until date not null,
  primary key (loan_id, repayment_id)
);
create unique index announcement_bank_reference on announcement (tenant_id, bank_reference) where state in ('announced', 'not_on_statement');
create index announcement_due on announcement (waits_until, loan_id, repayment_id) where state = 'announced';

-- The line of the statement that proves a repayment. A repayment without one was booked on somebody's word, by the version before: it is unconfirmed until its
-- line comes.
alter table repayment add column line_id uuid references bank_line;
update repayment r set line_id = b.line_id from bank_line b
  where b.loan_id = r.loan_id and b.repayment_id = r.repayment_id and b.outcome in ('BOOKED', 'CONFIRMED');
update repayment r set line_id = s.line_id from suspense s where s.state = 'assigned' and s.loan_id = r.loan_id and s.line_id = r.repayment_id;
create unique index repayment_line on repayment (line_id) where reversed_at is null;
create index repayment_unconfirmed on repayment (tenant_id, recorded_at) where line_id is null and reversed_at is null;

-- A second id may name an announcement, too.
alter table repayment_duplicate drop constraint repayment_duplicate_loan_id_duplicate_of_fkey;
