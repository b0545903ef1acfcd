-- Promises to pay arrears. The books decide: kept where so much money has come by the day, or the arrears are gone; broken at the close of the day otherwise.
create table collection_promise (
  loan_id uuid not null references loan,
  promise_id uuid not null,
  case_id uuid not null references collection_case,
  tenant_id text not null,
  seq bigint generated always as identity unique,
  amount_minor bigint not null check (amount_minor > 0),
  pay_by date not null,
  state text not null default 'open' check (state in ('open', 'kept', 'broken')),
  content_sha256 text not null,
  made_at timestamptz not null,
  made_by text not null,
  -- Business date for which it was decided.
  decided_on date,
  primary key (loan_id, promise_id),
  check ((state = 'open') = (decided_on is null))
);
-- One at a time: a party that promises anew has to have kept or broken the one before.
create unique index collection_promise_open on collection_promise (loan_id) where state = 'open';
create index collection_promise_due on collection_promise (tenant_id, pay_by, loan_id) where state = 'open';
