-- Credits that a lender has ordered to be sent back to whoever has paid them; one row an order, so that the same id never sends money twice.
create table refund (
  refund_id uuid primary key,
  request_sha256 text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  payee_name text not null,
  payee_account text not null,
  -- The lender's account that the money leaves.
  payer_account text not null,
  original_reference text not null,
  purpose text not null,
  bank_reference text not null,
  received_at timestamptz not null,
  -- Null where it is never settled.
  final_status text check (final_status in ('refunded', 'refused')),
  final_reason text,
  final_at timestamptz,
  check ((final_status is null) = (final_at is null)),
  check ((final_status = 'refused') = (final_reason is not null))
);
create index refund_payer on refund (payer_account, final_at);
