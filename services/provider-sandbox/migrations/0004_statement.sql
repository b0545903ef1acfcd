-- What moved on the accounts of lenders, in the order in which the bank shows it. The number is the cursor of a reader: it is given under a lock, so that none appears behind it.
create table statement_line (
  position bigint generated always as identity primary key,
  line_id text not null unique,
  account text not null,
  direction text not null check (direction in ('credit', 'debit')),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  value_on date not null,
  booked_at timestamptz not null,
  -- Business day (Asia/Shanghai) of booked_at, by which statements are asked for.
  booked_on date not null,
  bank_reference text not null,
  counterparty_name text not null,
  counterparty_account text not null,
  remittance text not null,
  request_sha256 text not null
);
create index statement_line_day on statement_line (account, booked_on, position);

-- The account that a payout leaves; null where it was not said.
alter table payout add column payer_account text;
create index payout_of_account on payout (payer_account, final_at) where payer_account is not null;
