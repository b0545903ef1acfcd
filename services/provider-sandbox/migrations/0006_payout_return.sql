-- Payouts that the payee's bank sends back some days after they were paid (退汇): a credit on the account that they had left. Once a payout.
create table payout_return (
  return_id uuid primary key,
  payout_id uuid not null unique references payout,
  request_sha256 text not null,
  -- What is credited; the whole of the payout, unless it was said otherwise.
  amount_minor bigint not null check (amount_minor > 0),
  bank_reference text not null,
  returned_at timestamptz not null
);

-- The bank's name of the payout that comes back with a line; null on every other line.
alter table statement_line add column return_of text;
