-- Debits of customers' accounts that a lender has ordered under their mandates; one row an order, so that the same id never debits twice.
create table direct_debit (
  debit_id uuid primary key,
  request_sha256 text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  payer_name text not null,
  payer_account text not null,
  -- The lender's account that the money comes in on.
  receiver_account text not null,
  purpose text not null,
  bank_reference text not null,
  received_at timestamptz not null,
  -- Null where it is never settled.
  final_status text check (final_status in ('collected', 'refused')),
  final_reason text,
  final_at timestamptz,
  check ((final_status is null) = (final_at is null)),
  check ((final_status = 'refused') = (final_reason is not null))
);
create index direct_debit_receiver on direct_debit (receiver_account, final_at);
create index direct_debit_payer on direct_debit (payer_account);
